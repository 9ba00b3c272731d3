/** A market of a call and a put whose ask is 100 rupees and a paisa more each second, the bid a tick below. */
import { DayGrids } from "../../../../src/core/engine/day-grids.ts";
import { DayMarket } from "../../../../src/core/engine/day-market.ts";
import type { LegExit, LegTrade } from "../../../../src/core/engine/position.ts";
import { dayNumber } from "../../../../src/core/time.ts";
import { memoryDay, sliceOf, testKernels } from "../../../support/memory-day.ts";

const kernels = testKernels();
const OPEN = 33_300;
const DATE = dayNumber("2024-08-20");
const EXPIRY = dayNumber("2024-08-21");
export const SECONDS = 400;
export const CALL = 0;
export const PUT = 1;

export async function withMarket(work: (market: DayMarket) => void): Promise<void> {
  const grids = new DayGrids(kernels, { open: OPEN, close: OPEN + SECONDS, breaks: [] });
  const slice = () => sliceOf(Array.from({ length: SECONDS }, (_, s) => ({ second: OPEN + s, bid: 9_995 + s, ask: 10_000 + s })));
  const id = (cp: "CE" | "PE") => ({ symbol: "BANKNIFTY", expiry: EXPIRY, strike: 50_000, cp });
  const data = memoryDay({ date: DATE, contracts: [[id("CE"), slice()], [id("PE"), slice()]] });
  const market = new DayMarket(grids, data, "BANKNIFTY", DATE, { expiry: EXPIRY, lotSize: 15, step: 100 }, [{ strike: 50_000, ce: true, pe: true }]);
  market.want(CALL);
  market.want(PUT);
  await market.supply();
  work(market);
  grids.release();
}

/** A trade of `lots` lots of 15 from second 0 on. */
export function held(contract: number, lots: number, price: number, exit?: { readonly second: number; readonly price: number }): LegTrade {
  const rule = () => "";
  const left: LegExit | undefined = exit && { before: exit.price, price: exit.price, decision: exit.second - 1, second: exit.second, reason: "target", stale: false, rule };
  return { place: contract, contract, lots, units: lots * 15, reason: "at", decision: 0, rule, filled: 0, entry: { before: price, price }, exit: left, written: undefined };
}
