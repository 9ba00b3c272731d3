import type { Backend } from "../session/backend.ts";
import type { Offline } from "./offline.ts";

/** A backend whose long work keeps a new version of the page away, in all tabs, until it is done. Of a run the session says when it begins. */
export function withUpdatesWaiting(backend: Backend, { during }: Offline): Backend {
  const waited = <A extends unknown[], T>(work: (...given: A) => Promise<T>) => (...given: A): Promise<T> => {
    const done = work(...given);
    during(done);
    return done;
  };
  return {
    ...backend,
    async open(...asked) {
      const catalogue = await backend.open(...asked);
      return {
        ...catalogue,
        async sqlDesk(open) {
          const desk = await catalogue.sqlDesk(open);
          return { ...desk, api: { ...desk.api, ask: waited(desk.api.ask) } };
        },
      };
    },
    study: waited(backend.study),
    verify: waited(backend.verify),
    scan: waited(backend.scan),
    checkHealth: waited(backend.checkHealth),
    async copyDesk(request) {
      const { prepare, make, measure } = await backend.copyDesk(request);
      return { prepare: waited(prepare), make: waited(make), measure: waited(measure) };
    },
  };
}
