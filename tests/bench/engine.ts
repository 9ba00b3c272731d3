/** What is measured of the engine alone. Built before it runs: see scripts/bench.mjs. */
export { measureSimulation } from "./simulate.ts";
export { measureSeries } from "./series.ts";
