/** The copy of the page that works without a network, and how a new version takes its place. */
import { createSignal, type Accessor } from "solid-js";
import { errorText } from "../session/errors.ts";

/**
 * `preparing`: the first copy is being made; `ready`: everything works without a network; `update`: a newer version waits;
 * `replaced`: another tab has brought it in, this one goes on with what it has loaded.
 */
export type OfflineState =
  | { readonly kind: "none" | "preparing" | "ready" | "update" | "replaced" }
  | { readonly kind: "failed"; readonly message: string };

export interface Offline {
  readonly state: Accessor<OfflineState>;
  /** Why the update has to wait; undefined where it does not. */
  readonly waitsFor: Accessor<string | undefined>;
  start(): void;
  /** Brings the new version in and loads the page again, unless a run or other long work is under way in any tab. */
  update(): Promise<void>;
  /** Keeps updates away, in all tabs, until the promise settles. */
  during(work: Promise<unknown>): void;
}

/** After the page has come to rest, milliseconds: the copy is tens of megabytes and must not get in anybody's way. */
const REST = 4_000;
const RUN_LOCK = "straddle-run";

/** @param script address of the service worker */
export function browserOffline(script: string): Offline {
  const [state, setState] = createSignal<OfflineState>({ kind: "none" });
  const [waitsFor, setWaitsFor] = createSignal<string>();
  let registration: ServiceWorkerRegistration | undefined;
  let asked = false;
  /** The first worker takes over a page that had none: that is no update. */
  let controlled = false;

  function watch(worker: ServiceWorker | null) {
    worker?.addEventListener("statechange", () => {
      if (worker.state === "installed" && controlled) setState({ kind: "update" });
      else if (worker.state === "activated" && state().kind === "preparing") setState({ kind: "ready" });
      else if (worker.state === "redundant" && state().kind === "preparing") setState({ kind: "failed", message: "Its copy could not be made: a file could not be fetched or there is no room." });
    });
  }

  async function register(): Promise<void> {
    controlled = navigator.serviceWorker.controller !== null;
    navigator.serviceWorker.addEventListener("controllerchange", () => {
      if (asked) location.reload();
      else if (controlled) setState({ kind: "replaced" });
    });
    try {
      registration = await navigator.serviceWorker.register(script);
      setState({ kind: registration.waiting ? "update" : registration.active ? "ready" : "preparing" });
      watch(registration.installing);
      registration.addEventListener("updatefound", () => watch(registration?.installing ?? null));
    } catch (error) {
      setState({ kind: "failed", message: errorText(error) });
    }
  }

  return {
    state,
    waitsFor,
    start() {
      if ("serviceWorker" in navigator) setTimeout(() => void register(), REST);
    },
    async update() {
      const { held = [] } = await navigator.locks.query();
      if (held.some(({ name }) => name === RUN_LOCK)) {
        setWaitsFor("A run or other long work is under way: the update waits for it.");
        return;
      }
      setWaitsFor(undefined);
      asked = true;
      registration?.waiting?.postMessage({ type: "SKIP_WAITING" });
    },
    during(work) {
      void navigator.locks.request(RUN_LOCK, { mode: "shared" }, () => work.catch(() => undefined));
    },
  };
}
