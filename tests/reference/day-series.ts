/** Semantics §2: everything of one date that has a value by second. */
import type { Strategy } from "../../src/core/strategy/types.ts";
import type { Bug } from "./bugs.ts";
import type { Chain } from "./chain.ts";
import { gridOn, sessionTicks, type FileInstrument } from "./file-instruments.ts";
import type { Grid } from "./grid.ts";
import { calendarExpiries, stepOf, type SessionHours } from "./rules.ts";
import { gridInstrument, spotInstrument, type Instrument, type Instruments } from "./series.ts";
import { spotFromPrices, type Spot } from "./spot.ts";

export type SpotSource = "files" | "future" | "synthetic";

export interface DaySeries extends Instruments {
  readonly source: SpotSource;
  /** Seconds of a bar; 0 for snapshots. */
  readonly spotSpan: number;
  /** The future that a leg trades: the nearest that is listed, priced or not. */
  readonly tradedFuture: TradedFuture | null;
}

export interface TradedFuture {
  readonly instrument: Instrument;
  readonly expiry: string;
  /** Seconds of a bar; 0 for snapshots. */
  readonly span: number;
}

/** `chain` is that of the universe's expiry. */
export function seriesOfDay(instruments: readonly FileInstrument[], universe: Strategy["universe"], date: string, session: SessionHours, chain: Chain, bug?: Bug): DaySeries {
  const priced = (i: FileInstrument) => sessionTicks(i, date, session, bug).some((t) => t.price !== null);
  const read = (i: FileInstrument | undefined): { readonly grid: Grid; readonly span: number } | null => (i ? { grid: gridOn(i, date, session, bug), span: i.span } : null);
  const spotFile = read(instruments.find((i) => i.kind === "spot" && priced(i)));
  const expiryOf = (i: FileInstrument) => i.expiry || calendarExpiries(universe.symbol).find((e) => e.monthly && e.date >= date)!.date;
  const futures = instruments.filter((i) => i.kind === "future" && sessionTicks(i, date, session, bug).length > 0 && expiryOf(i) >= date).sort((a, b) => (expiryOf(a) < expiryOf(b) ? -1 : 1));
  const future = read(futures.find(priced));
  const traded = read(futures[0]);
  const vix = read(instruments.find((i) => i.kind === "vix" && priced(i)));

  const source = spotSourceOf(universe.spot, spotFile !== null, future !== null);
  const given = source === "files" ? spotFile : source === "future" ? future : null;
  const spot: Spot = source === "synthetic" ? chain.synthetic : given ? spotFromPrices(given.grid) : { at: () => null };
  return {
    source, spot, spotSpan: given?.span ?? 0,
    tradedFuture: traded && { instrument: gridInstrument(`future ${expiryOf(futures[0])}`, traded.grid), expiry: expiryOf(futures[0]), span: traded.span },
    listed: chain.listed, step: stepOf(universe.symbol, date, chain.expiry), open: session.open,
    spotItself: spotInstrument(spot, given?.grid ?? null),
    future: future && gridInstrument("future", future.grid),
    vix: vix && gridInstrument("vix", vix.grid),
    contract: chain.contract,
  };
}

function spotSourceOf(wanted: Strategy["universe"]["spot"], hasFile: boolean, hasFuture: boolean): SpotSource {
  if (wanted !== "auto") return wanted;
  return hasFile ? "files" : hasFuture ? "future" : "synthetic";
}
