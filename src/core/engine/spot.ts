/** Semantics §2 "Spot": which source a date uses, and its values by second. */
import { buildGrid, CE, PE, strideOf, type DayMarket } from "./day-market.ts";
import { GridView } from "./grid-view.ts";
import type { Kernels } from "../kernels.ts";
import type { Session } from "../market/types.ts";
import type { SpotSource } from "../results/types.ts";
import type { Strategy } from "../strategy/types.ts";
import type { Slice } from "../grid/slice.ts";
import type { DayData } from "./ports.ts";

/** Both quotes of a strike have to be this young, in seconds, for a synthetic forward. */
const SYNTHETIC_MAX_AGE = 3;
/** So many strikes have to be fresh in one second before a synthetic spot starts. */
const SYNTHETIC_STRIKES = 3;

function hasPrice(slice: Slice | undefined): slice is Slice {
  return slice !== undefined && slice.price.some((price) => price > 0);
}

/** The source of a date and its rows; a synthetic one has no rows of its own. */
export type SpotChoice = { readonly source: "files" | "future"; readonly slice: Slice | undefined } | { readonly source: "synthetic" };

/** Decides the source once for the whole date. A source that the strategy names is used even where it has no value. */
export async function chooseSpot(wanted: Strategy["universe"]["spot"], data: DayData): Promise<SpotChoice> {
  if (wanted === "synthetic") return { source: "synthetic" };
  if (wanted !== "future") {
    const slice = await data.spot();
    if (wanted === "files" || hasPrice(slice)) return { source: "files", slice };
  }
  const slice = await data.future();
  return wanted === "future" || hasPrice(slice) ? { source: "future", slice } : { source: "synthetic" };
}

/** Spot by second: value in paise and age, as any grid's price. */
export interface Spot {
  readonly source: SpotSource;
  readonly grid: GridView;
}

export async function buildSpot(kernels: Kernels, choice: SpotChoice, session: Session, market: DayMarket): Promise<Spot> {
  const stride = strideOf(session);
  if (choice.source === "synthetic") return { source: "synthetic", grid: await syntheticGrid(kernels, market) };
  return { source: choice.source, grid: choice.slice ? buildGrid(kernels, choice.slice, session, stride, "row") : emptyGrid(kernels, stride) };
}

function emptyGrid(kernels: Kernels, stride: number): GridView {
  const pointer = kernels.run.alloc(stride * 20);
  kernels.i32.fill(0, pointer >> 2, (pointer >> 2) + stride * 5);
  return new GridView(kernels, pointer, stride);
}

/** F = K + mid(CE) − mid(PE). Needs the quotes of every contract of the expiry to know where to start. */
async function syntheticGrid(kernels: Kernels, market: DayMarket): Promise<GridView> {
  market.strikes.forEach((_, index) => {
    market.want(index * 2 + CE);
    market.want(index * 2 + PE);
  });
  await market.supply();
  const pairs = market.strikes.map((_, index) => index).filter((index) => market.slice(index * 2 + CE) && market.slice(index * 2 + PE));
  const out = emptyGrid(kernels, market.stride);
  const start = firstFreshSecond(kernels, market, pairs);
  if (start === undefined) return out;

  const table = kernels.run.alloc(pairs.length * 12);
  pairs.forEach((index, row) => kernels.i32.set([market.strikes[index].strike * 100, market.grid(index * 2 + CE).pointer, market.grid(index * 2 + PE).pointer], (table >> 2) + row * 3));
  kernels.run.syntheticForward(table, pairs.length, nearestParity(market, pairs, start), start, market.seconds, market.stride, SYNTHETIC_MAX_AGE, out.pointer);
  return out;
}

function firstFreshSecond(kernels: Kernels, market: DayMarket, pairs: readonly number[]): number | undefined {
  const counts = kernels.run.alloc(market.stride * 4);
  kernels.i32.fill(0, counts >> 2, (counts >> 2) + market.stride);
  for (const index of pairs) {
    const call = market.grid(index * 2 + CE).pointer;
    kernels.run.freshPairs(call, market.grid(index * 2 + PE).pointer, market.stride, market.seconds, SYNTHETIC_MAX_AGE, counts);
  }
  const memory = kernels.i32;
  for (let s = 0; s < market.seconds; s++) if (memory[(counts >> 2) + s] >= SYNTHETIC_STRIKES) return s;
  return undefined;
}

/** Row of the fresh strike with the smallest |mid(CE) − mid(PE)| at `s`; ties go to the lower. */
function nearestParity(market: DayMarket, pairs: readonly number[], s: number): number {
  let best = 0;
  let least = Infinity;
  pairs.forEach((index, row) => {
    const call = market.grid(index * 2 + CE);
    const put = market.grid(index * 2 + PE);
    if ((call.quoteAge(s) ?? Infinity) > SYNTHETIC_MAX_AGE || (put.quoteAge(s) ?? Infinity) > SYNTHETIC_MAX_AGE) return;
    const apart = Math.abs(call.bid(s) + call.ask(s) - put.bid(s) - put.ask(s));
    if (apart < least) [best, least] = [row, apart];
  });
  return best;
}
