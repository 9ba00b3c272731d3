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
      const worker = startFromBlob(new URL(module, globalThis.location.origin).href, kind);
      const died = diedSilently(worker);
      let leave: (reason: WorkerLost) => void = () => undefined;
      const lost = new Promise<WorkerLost>((resolve) => {
        leave = resolve;
        worker.addEventListener("error", (event) => {
          event.preventDefault();
          resolve(new WorkerLost(`The ${kind} worker crashed: ${event.message || "its code could not be loaded; reload the page"}`));
        });
        worker.addEventListener("messageerror", () => resolve(new WorkerLost(`The ${kind} worker sent what cannot be read`)));
        void died.then(() => resolve(new WorkerLost(`The ${kind} worker ended without a word: the browser has taken it away, mostly for want of memory`)));
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

/**
 * @param module absolute address of a module of this origin
 * @param kind what the browser's own tools call it
 */
export function startFromBlob(module: string, kind: string): Worker {
  const source = URL.createObjectURL(new Blob([`import ${JSON.stringify(module)};\n${HOLD_LOCK}`], { type: "text/javascript" }));
  // The blob's address stays: a browser may fetch it only after the constructor has returned.
  return new Worker(source, { type: "module", name: `${kind} worker ${crypto.randomUUID()}` });
}

/** What a worker says once it holds the lock that bears its name. */
interface HoldsLock {
  readonly holds?: string;
}

const HOLD_LOCK = "navigator.locks?.request(self.name, () => new Promise(() => postMessage({ holds: self.name })));";

/** A lock that whoever starts workers holds itself: where it is gone too, locks were cleared away together with the page's storage. */
const OWN_LOCK = `whoever starts workers ${crypto.randomUUID()}`;
let holdsOwn = false;

/**
 * Resolves when a worker is gone. Of one that the browser ends no event tells; but it holds a lock as long as it lives, and whoever waits
 * for that gets it then. Never resolves where locks tell nothing: on a page that is neither of this machine nor encrypted, and when the
 * page's storage has been cleared since it was opened.
 */
function diedSilently(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    worker.addEventListener("message", async ({ data }: MessageEvent<HoldsLock | undefined>) => {
      if (data?.holds === undefined) return;
      if (!holdsOwn) void navigator.locks.request(OWN_LOCK, () => new Promise(() => undefined));
      holdsOwn = true;
      if (!(await isHeld(data.holds))) return;
      await navigator.locks.request(data.holds, () => undefined);
      if (await isHeld(OWN_LOCK)) resolve();
    });
  });
}

async function isHeld(lock: string): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some(({ name }) => name === lock);
}
