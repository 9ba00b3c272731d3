import type { Exchange, TickRow } from "../rules-data.ts";

export const TICKS: Readonly<Record<Exchange, readonly TickRow[]>> = {
  NSE: [{ from: "2015-01-09", tick: 0.05 }],
  BSE: [{ from: "2015-01-09", tick: 0.05, uncertain: "no document was seen" }],
};
