/** What is measured of the engine alone; built as the product is, since loaders that transform modules one by one slow them down. */
export { measureSimulation } from "./simulate.ts";
export { measureSeries } from "./series.ts";
