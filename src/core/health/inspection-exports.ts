/** The kernels of data health; see assembly/inspect.ts. Addresses are byte offsets, 0 for what there is not. */
export interface InspectionKernelExports {
  rowFlags(rupees: number, price: number, bid: number, ask: number, off: number, backwards: number, ownClock: number, clock: number, rows: number, flags: number, spread: number): void;
  inspectDay(
    clock: number, order: number, start: number, end: number, day: number,
    open: number, close: number, breaks: number, breakCount: number,
    flags: number, spread: number, volume: number,
    outSecond: number, outFlags: number, outSpread: number, outSame: number,
  ): void;
  countRows(flags: number, spread: number, rows: number, tick: number, steps: number, most: number, counts: number, spreads: number): void;
  sessionSeconds(
    second: number, flags: number, spread: number, rows: number,
    open: number, close: number, breaks: number, breakCount: number, marks: number,
    shortestGap: number, stale: number, steps: number, oldest: number, ages: number, out: number,
  ): void;
}
