export { alloc, mark, release } from "./arena";
export { clocks, backwards, sortByClock, dayRuns, sessionDays } from "./clock";
export { sliceDay } from "./rows";
export { grid } from "./grid";
export { firstTradeable, firstAllTradeable } from "./fills";
export { pnlPath } from "./pnl";
export { firstCrossing } from "./crossing";
export { freshPairs, syntheticForward } from "./synthetic";
