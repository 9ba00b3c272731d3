import { remoteApi, WorkerLost, type WorkerApis, type WorkerHost, type WorkerKind } from "./worker-host.ts";

/**
 * Workers of the browser, started from a same-origin blob that imports the module: a worker loaded by its own address has
 * its own policy (none, from a static host), one from a blob inherits the Content-Security-Policy of whoever starts it.
 * @param modules addresses of the worker modules, absolute or from the root of the origin
 */
export function createBlobHost(modules: Readonly<Partial<Record<WorkerKind, string>>>): WorkerHost {
  return {
    spawn<K extends WorkerKind>(kind: K) {
      const module = modules[kind];
      if (module === undefined) throw new Error(`No ${kind} worker can be started from here`);
      const worker = startFromBlob(new URL(module, globalThis.location.origin).href);
      let leave: (reason: WorkerLost) => void = () => undefined;
      const lost = new Promise<WorkerLost>((resolve) => {
        leave = resolve;
        worker.addEventListener("error", (event) => {
          event.preventDefault();
          resolve(new WorkerLost(`The ${kind} worker crashed: ${event.message || "its code could not be loaded; reload the page"}`));
        });
        worker.addEventListener("messageerror", () => resolve(new WorkerLost(`The ${kind} worker sent what cannot be read`)));
      });
      return {
        api: remoteApi<WorkerApis[K]>(worker, lost),
        end() {
          worker.terminate();
          leave(new WorkerLost(`The ${kind} worker was ended`));
        },
      };
    },
  };
}

/** @param module absolute address of a module of this origin */
export function startFromBlob(module: string): Worker {
  const source = URL.createObjectURL(new Blob([`import ${JSON.stringify(module)};`], { type: "text/javascript" }));
  // The blob's address stays: a browser may fetch it only after the constructor has returned.
  return new Worker(source, { type: "module" });
}
