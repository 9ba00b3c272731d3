/** Semantics §2 "Spot": which source a date uses, and its values by second. */
import { buildGrid, emptyGrid, type DayGrids } from "./day-grids.ts";
import { CE, PE, type DayMarket } from "./day-market.ts";
import type { Chain } from "./chain.ts";
import type { GridView } from "./grid-view.ts";
import type { Kernels } from "../kernels.ts";
import { PRICE_LIMIT } from "../money.ts";
import type { SpotSource } from "../results/types.ts";
import type { Strategy } from "../strategy/types.ts";
import type { Slice } from "../grid/slice.ts";
import type { DayData } from "./ports.ts";
import type { Second } from "../time.ts";

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
  /** Seconds between its values where they are bars; undefined otherwise. */
  readonly barSpan: number | undefined;
}

export async function buildSpot(grids: DayGrids, choice: SpotChoice, market: DayMarket): Promise<Spot> {
  if (choice.source === "synthetic") return { source: "synthetic", grid: await syntheticGrid(grids, market, market.main), barSpan: undefined };
  const { source, slice } = choice;
  return { source, grid: slice ? grids.of(slice, "row") : emptyGrid(grids.kernels, grids.stride), barSpan: slice?.barSpan };
}

/** A strike in paise, and the numbers of its call and put. */
interface Pair {
  readonly strike: number;
  readonly contracts: readonly [call: number, put: number];
}

/** F = K + mid(CE) − mid(PE). Needs the quotes of every contract of the expiry to know where to start. */
export async function syntheticGrid(grids: DayGrids, market: DayMarket, chain: Chain): Promise<GridView> {
  const pairs = chain.strikePaise.map((strike, index): Pair => ({ strike, contracts: [chain.number(index, CE), chain.number(index, PE)] }));
  for (const { contracts } of pairs) for (const number of contracts) market.want(number);
  await market.supply();
  return grids.computed(`synthetic ${market.symbol} ${chain.terms.expiry}`, () => forwardGrid(grids.kernels, market, pairs.filter(({ strike, contracts }) => strike < PRICE_LIMIT && contracts.every((number) => market.slice(number)))));
}

/** `pairs` have both sides listed. */
function forwardGrid(kernels: Kernels, market: DayMarket, pairs: readonly Pair[]): GridView {
  const out = emptyGrid(kernels, market.stride);
  const start = firstFreshSecond(kernels, market, pairs);
  if (start === undefined) return out;

  const table = kernels.run.alloc(pairs.length * 12) >> 2;
  const state = kernels.run.alloc(12) >> 2;
  pairs.forEach(({ strike }, row) => kernels.i32.set([strike, 0, 0], table + row * 3));
  kernels.i32.set([nearestParity(market, pairs, start), 0, 0], state);
  for (let from = start; from < market.seconds; ) {
    from = kernels.run.syntheticForward(table << 2, pairs.length, from, market.seconds, market.stride, SYNTHETIC_MAX_AGE, state << 2, out.pointer);
    if (from === market.seconds) break;
    // F has come to a strike that nobody has looked at: only these few get a grid of their own.
    const row = kernels.i32[state];
    const [call, put] = pairs[row].contracts.map((number) => market.grid(number));
    kernels.i32.set([call.pointer, put.pointer], table + row * 3 + 1);
  }
  return out;
}

function firstFreshSecond(kernels: Kernels, market: DayMarket, pairs: readonly Pair[]): number | undefined {
  const { session, stride, seconds } = market;
  const counts = kernels.run.alloc(stride * 4);
  kernels.i32.fill(0, counts >> 2, (counts >> 2) + stride);
  for (const { contracts } of pairs) {
    kernels.scoped(() => {
      const [call, put] = contracts.map((number) => buildGrid(kernels, market.slice(number)!, session, stride, "price").pointer);
      kernels.run.freshPairs(call, put, stride, seconds, SYNTHETIC_MAX_AGE, counts);
    });
  }
  const first = kernels.i32.subarray(counts >> 2, (counts >> 2) + seconds).findIndex((fresh) => fresh >= SYNTHETIC_STRIKES);
  return first < 0 ? undefined : first;
}

/** Row of the fresh strike with the smallest |mid(CE) − mid(PE)| at `s`; ties go to the lower. */
function nearestParity(market: DayMarket, pairs: readonly Pair[], s: number): number {
  let best = 0;
  let least = Infinity;
  pairs.forEach(({ contracts }, row) => {
    const [call, put] = contracts.map((number) => twiceMidAt(market.slice(number)!, s + market.session.open));
    if (call === undefined || put === undefined) return;
    const apart = Math.abs(call - put);
    if (apart < least) [best, least] = [row, apart];
  });
  return best;
}

/** bid + ask of the latest valid quote up to a second of the day, if it is fresh enough for a synthetic spot. */
function twiceMidAt({ second, bid, ask }: Slice, at: Second): number | undefined {
  const row = second.findLastIndex((s, i) => s <= at && bid[i] > 0);
  return row < 0 || at - second[row] > SYNTHETIC_MAX_AGE ? undefined : bid[row] + ask[row];
}
