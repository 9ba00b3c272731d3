/**
 * The reference engine: slow, obvious, written from the semantics alone. It shares the strategy parser and plain types
 * with the product, and nothing else. Input is a folder that has been read; output is text as in trades.csv and skips.csv.
 */
import { parseStrategy } from "../../src/core/strategy/parse.ts";
import type { Strategy } from "../../src/core/strategy/types.ts";
import type { Bug } from "./bugs.ts";
import { weekdayOf } from "./dates.ts";
import { simulateDay, windowsOf, type DayMarket } from "./day.ts";
import { chooseExpiry } from "./expiry.ts";
import { gridOf } from "./grid.ts";
import type { RawFile } from "./read-folder.ts";
import { skipRows, tradeRows } from "./rows-out.ts";
import { costRatesOf, lotOf, sessionOf, stepOf } from "./rules.ts";
import { spotFromPrices, syntheticSpot, type Spot } from "./spot.ts";
import { barSpan, inSession, measureZone, ticksOf, type Tick } from "./ticks.ts";

export interface ReferenceResult {
  /** Columns of TRADE_COLUMNS, in the order of trades.csv. */
  readonly trades: string[][];
  /** Columns of SKIP_COLUMNS. */
  readonly skips: string[][];
  /** [date, reason]. */
  readonly notRun: string[][];
  /** Source of spot per date run. */
  readonly spotSources: Readonly<Record<string, string>>;
  /** Dates run although the calendar knows an earlier expiry. */
  readonly gapDates: readonly string[];
}

export interface ReferenceOptions {
  readonly bug?: Bug;
  /** Dates that are not run because a file cannot be read; by default those on which a broken file can matter. */
  readonly unreadable?: ReadonlySet<string>;
  /** What a broken file is taken for on the dates that run: not there, or listed without any value. */
  readonly broken?: "absent" | "listed";
}

/** One instrument of the folder: all files that hold it, and all their ticks by date. */
interface Instrument {
  readonly kind: RawFile["kind"];
  readonly expiry: string;
  readonly strike: number;
  readonly cp: RawFile["cp"];
  readonly span: number;
  readonly broken: boolean;
  readonly byDate: ReadonlyMap<string, readonly Tick[]>;
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** Instruments of files that have been seen, so that many strategies over one folder do not start from its rows again. */
const known = new WeakMap<readonly RawFile[], Map<string, Instrument[]>>();
const ROW_BUGS: readonly (Bug | undefined)[] = ["bogus_clock_drops_row", "crossed_book_is_a_quote", "price_age_by_row", "order_by_row", "prices_round_down"];

function instrumentsOf(files: readonly RawFile[], symbol: string, bug?: Bug): Instrument[] {
  const rowBug = ROW_BUGS.includes(bug) ? bug : undefined;
  const key = `${symbol} ${rowBug}`;
  const ofFiles = known.get(files) ?? new Map<string, Instrument[]>();
  known.set(files, ofFiles);
  const found = ofFiles.get(key) ?? readInstruments(files, symbol, rowBug);
  ofFiles.set(key, found);
  return found;
}

function readInstruments(files: readonly RawFile[], symbol: string, bug?: Bug): Instrument[] {
  const spotZone = measureZone(files.filter((f) => f.kind === "spot"));
  const rawZone = measureZone(files.filter((f) => f.kind !== "spot"));
  const groups = groupBy(files.filter((f) => f.symbol === symbol), (f) => `${f.kind} ${f.expiry} ${f.strike} ${f.cp}`);
  return [...groups.values()].map((group) => ({
    kind: group[0].kind, expiry: group[0].expiry, strike: group[0].strike, cp: group[0].cp,
    span: Math.max(...group.map(barSpan)), broken: group.some((f) => f.broken),
    byDate: groupBy(ticksOf(group, group[0].kind === "spot" ? spotZone : rawZone, bug), (tick) => tick.date),
  }));
}

type DayData = { readonly notRun: string } | { readonly market: DayMarket; readonly expiry: string; readonly gap: boolean; readonly spotSource: string };

function loadDay(instruments: readonly Instrument[], strategy: Strategy, date: string, { bug, unreadable, broken }: ReferenceOptions): DayData {
  const { symbol } = strategy.universe;
  const session = sessionOf(date);
  if (session === "closed" || windowsOf(strategy, session, strategy.fill.latency, []).length === 0) return { notRun: "session" };
  if (unreadable?.has(date)) return { notRun: "unreadable" };
  const ticks = (i: Instrument) => (i.byDate.get(date) ?? []).filter((t) => inSession(t, session, bug));
  const isListed = (i: Instrument) => (i.broken ? broken === "listed" && i.expiry >= date : bug === "pre_open_rows_list" ? i.byDate.has(date) : ticks(i).length > 0);
  const listed = instruments.filter((i) => i.kind === "option" && isListed(i));

  const choice = chooseExpiry(strategy.universe, date, listed.map((i) => i.expiry), bug);
  if ("notRun" in choice) return choice;

  const lot = lotOf(symbol, bug === "lot_of_the_trade_date" ? date : choice.expiry);
  if (lot === undefined || ("preset" in strategy.costs && !costRatesOf(date))) return { notRun: "no_rule" };

  const contracts = listed.filter((i) => i.expiry === choice.expiry);
  const grids = new Map(contracts.map((i) => [`${i.strike} ${i.cp}`, gridOf(ticks(i), session, bug)]));
  const strikesOf = (cp: "CE" | "PE") => contracts.filter((i) => i.cp === cp).map((i) => i.strike).sort((a, b) => a - b);
  const ce = strikesOf("CE");
  const pe = strikesOf("PE");
  const both = ce.filter((strike) => pe.includes(strike));
  const pairs = both.map((strike) => ({ strike, ce: grids.get(`${strike} CE`)!, pe: grids.get(`${strike} PE`)! }));

  const priced = (i: Instrument) => ticks(i).some((t) => t.price !== null);
  const spotFile = instruments.find((i) => i.kind === "spot" && priced(i));
  const future = instruments.filter((i) => i.kind === "future" && i.expiry >= date && priced(i)).sort((a, b) => (a.expiry < b.expiry ? -1 : 1))[0];
  const source = spotSourceOf(strategy.universe.spot, spotFile !== undefined, future !== undefined);
  const series = source === "files" ? spotFile : source === "future" ? future : undefined;
  const spot: Spot = source === "synthetic" ? syntheticSpot(pairs, session, bug) : series ? spotFromPrices(gridOf(ticks(series), session, bug)) : { at: () => null };

  const market: DayMarket = {
    session, lot, spot, step: stepOf(symbol),
    listed: { ce, pe, strikes: [...new Set([...ce, ...pe])].sort((a, b) => a - b) },
    spotMaxAge: Math.max(strategy.universe.spot_max_age, series?.span ?? 0),
    barSpan: Math.max(...contracts.map((i) => i.span)),
    contract: (strike, cp) => ({ strike, cp, grid: grids.get(`${strike} ${cp}`)! }),
  };
  return { market, expiry: choice.expiry, gap: choice.gap, spotSource: source };
}

function spotSourceOf(wanted: Strategy["universe"]["spot"], hasFile: boolean, hasFuture: boolean): "files" | "future" | "synthetic" {
  if (wanted !== "auto") return wanted;
  return hasFile ? "files" : hasFuture ? "future" : "synthetic";
}

/** Runs every variant of a strategy over a folder that has been read with `readFolder`. */
export function runReference(files: readonly RawFile[], strategyText: string, options: ReferenceOptions = {}): ReferenceResult {
  const unreadable = options.unreadable ?? datesThatMatter(files, strategyText, options);
  return run(files, strategyText, { ...options, unreadable });
}

/** A broken file costs the dates on which it makes a difference whether its contract is listed. */
function datesThatMatter(files: readonly RawFile[], strategyText: string, options: ReferenceOptions): ReadonlySet<string> {
  if (!files.some((f) => f.broken)) return new Set();
  const byDate = (broken: "absent" | "listed") => {
    const { trades, skips, notRun } = run(files, strategyText, { ...options, broken });
    // Without ids of positions: they count over the dates.
    const rows = [...trades.map((row) => [row[1], ...row.slice(3)]), ...skips.map((row) => row.slice(1)), ...notRun];
    return groupBy(rows, (row) => row[0]);
  };
  const absent = byDate("absent");
  const listed = byDate("listed");
  const dates = [...absent.keys(), ...listed.keys()];
  // Nobody can say which dates a spot file covers that cannot be read, nor guess that another source will do.
  const { universe } = parseStrategy(strategyText).variants[0].strategy;
  const wantsSpotFile = universe.spot === "auto" || universe.spot === "files";
  if (wantsSpotFile && files.some((f) => f.broken && f.kind === "spot" && f.symbol === universe.symbol)) return new Set(dates);
  return new Set(dates.filter((date) => JSON.stringify(absent.get(date)) !== JSON.stringify(listed.get(date))));
}

function run(files: readonly RawFile[], strategyText: string, options: ReferenceOptions): ReferenceResult {
  const { bug } = options;
  const result = { trades: [] as string[][], skips: [] as string[][], notRun: [] as string[][], spotSources: {} as Record<string, string>, gapDates: [] as string[] };
  for (const { name: variant, strategy } of parseStrategy(strategyText).variants) {
    const instruments = instrumentsOf(files, strategy.universe.symbol, bug);
    const dates = [...new Set(instruments.flatMap((i) => [...i.byDate.keys()]))].sort().filter((date) => isWanted(strategy, date));
    let positionsSoFar = 0;
    for (const date of dates) {
      const day = loadDay(instruments, strategy, date, options);
      if ("notRun" in day) {
        if (!result.notRun.some((n) => n[0] === date && n[1] === day.notRun)) result.notRun.push([date, day.notRun]);
        continue;
      }
      const { positions, skips } = simulateDay(strategy, day.market, positionsSoFar + 1, bug);
      positionsSoFar += positions.length;
      result.trades.push(...tradeRows(strategy, variant, date, day.expiry, positions, bug));
      result.skips.push(...skipRows(variant, date, skips));
      result.spotSources[date] = day.spotSource;
      if (day.gap && !result.gapDates.includes(date)) result.gapDates.push(date);
    }
  }
  return result;
}

function isWanted(strategy: Strategy, date: string): boolean {
  const { from, to, days } = strategy.time;
  return (!from || date >= from) && (!to || date <= to) && (!days || days.some((day) => day === weekdayOf(date)));
}

