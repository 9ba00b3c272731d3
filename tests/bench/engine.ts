/** What is measured in the thread of the bench itself. Built before it runs: see scripts/bench.mjs. */
export { measurePeers } from "./peers.ts";
export { measureSimulation } from "./simulate.ts";
export { measureSeries } from "./series.ts";
