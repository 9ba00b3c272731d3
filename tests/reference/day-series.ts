/** Semantics §2: everything of one date and expiry that has a value by second. */
import type { Strategy } from "../../src/core/strategy/types.ts";
import type { Bug } from "./bugs.ts";
import { gridOf, type Grid } from "./grid.ts";
import type { RawFile } from "./read-folder.ts";
import { stepOf, type SessionHours } from "./rules.ts";
import { gridInstrument, spotInstrument, type Instruments } from "./series.ts";
import { spotFromPrices, syntheticSpot, type Spot } from "./spot.ts";
import { inSession, type Tick } from "./ticks.ts";

/** One instrument of the folder: all files that hold it, and all their ticks by date. */
export interface FileInstrument {
  readonly kind: RawFile["kind"];
  readonly expiry: string;
  readonly strike: number;
  readonly cp: RawFile["cp"];
  readonly span: number;
  readonly broken: boolean;
  readonly byDate: ReadonlyMap<string, readonly Tick[]>;
}

export function sessionTicks(instrument: FileInstrument, date: string, session: SessionHours, bug?: Bug): Tick[] {
  return (instrument.byDate.get(date) ?? []).filter((tick) => inSession(tick, session, bug));
}

/** Dates on which something of the symbol has rows. */
export function datesOf(instruments: readonly FileInstrument[]): string[] {
  return [...new Set(instruments.filter((i) => i.kind !== "vix").flatMap((i) => [...i.byDate.keys()]))].sort();
}

export type SpotSource = "files" | "future" | "synthetic";

export interface DaySeries extends Instruments {
  readonly source: SpotSource;
  /** F of the expiry, whatever the source of spot. */
  readonly synthetic: Spot;
  /** Seconds of a bar; 0 for snapshots. */
  readonly spotSpan: number;
  readonly barSpan: number;
}

/** `chosen` are the listed contracts of the expiry that is looked at. */
export function seriesOfDay(instruments: readonly FileInstrument[], universe: Strategy["universe"], date: string, session: SessionHours, chosen: readonly FileInstrument[], bug?: Bug): DaySeries {
  const grid = (i: FileInstrument) => gridOf(sessionTicks(i, date, session, bug), session, bug);
  const contracts = new Map(chosen.map((i) => [`${i.strike} ${i.cp}`, gridInstrument(`${i.strike} ${i.cp}`, grid(i), { strike: i.strike, cp: i.cp as "CE" | "PE" })]));
  const strikesOf = (cp: "CE" | "PE") => chosen.filter((i) => i.cp === cp).map((i) => i.strike).sort((a, b) => a - b);
  const ce = strikesOf("CE");
  const pe = strikesOf("PE");
  const side = (strike: number, cp: "CE" | "PE") => contracts.get(`${strike} ${cp}`)!;
  const pairs = ce.filter((strike) => pe.includes(strike)).map((strike) => ({ strike, ce: side(strike, "CE").grid!, pe: side(strike, "PE").grid! }));

  const priced = (i: FileInstrument) => sessionTicks(i, date, session, bug).some((t) => t.price !== null);
  const read = (i: FileInstrument | undefined): { readonly grid: Grid; readonly span: number } | null => (i ? { grid: grid(i), span: i.span } : null);
  const spotFile = read(instruments.find((i) => i.kind === "spot" && priced(i)));
  const future = read(instruments.filter((i) => i.kind === "future" && i.expiry >= date && priced(i)).sort((a, b) => (a.expiry < b.expiry ? -1 : 1))[0]);
  const vix = read(instruments.find((i) => i.kind === "vix" && priced(i)));

  const source = spotSourceOf(universe.spot, spotFile !== null, future !== null);
  const given = source === "files" ? spotFile : source === "future" ? future : null;
  const synthetic = late(() => syntheticSpot(pairs, session, bug));
  const spot: Spot = source === "synthetic" ? synthetic : given ? spotFromPrices(given.grid) : { at: () => null };
  return {
    source, synthetic, spot, spotSpan: given?.span ?? 0, barSpan: Math.max(...chosen.map((i) => i.span)),
    listed: { ce, pe, strikes: [...new Set([...ce, ...pe])].sort((a, b) => a - b) },
    step: stepOf(universe.symbol), open: session.open,
    spotItself: spotInstrument(spot, given?.grid ?? null),
    future: future && gridInstrument("future", future.grid),
    vix: vix && gridInstrument("vix", vix.grid),
    contract: side,
  };
}

function spotSourceOf(wanted: Strategy["universe"]["spot"], hasFile: boolean, hasFuture: boolean): SpotSource {
  if (wanted !== "auto") return wanted;
  return hasFile ? "files" : hasFuture ? "future" : "synthetic";
}

/** Made when it is first asked for: most strategies need no synthetic spot. */
function late(make: () => Spot): Spot {
  let made: Spot | undefined;
  return { at: (second) => (made ??= make()).at(second) };
}
