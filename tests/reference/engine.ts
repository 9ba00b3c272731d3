/**
 * The reference engine: slow, obvious, written from the semantics alone. It shares the strategy parser and plain types
 * with the product, and nothing else. Input is a folder that has been read; output is text as in trades.csv and skips.csv.
 */
import { parseStrategy } from "../../src/core/strategy/parse.ts";
import type { ParsedStrategy, Strategy } from "../../src/core/strategy/types.ts";
import type { Bug } from "./bugs.ts";
import type { Listener } from "./conditions.ts";
import { weekdayOf } from "./dates.ts";
import { chainOf } from "./chain.ts";
import type { DayMarket } from "./contracts.ts";
import { simulateDay } from "./day.ts";
import { seriesOfDay } from "./day-series.ts";
import { chooseExpiry, expiryNamed } from "./expiry.ts";
import { datesOf, sessionTicks, type FileInstrument } from "./file-instruments.ts";
import { blocksOf, windowsOf } from "./plan.ts";
import type { RawFile } from "./read-folder.ts";
import { skipRows, tradeRows } from "./rows-out.ts";
import { positionRows } from "./positions-out.ts";
import { factAt, regimeAt } from "./day-facts.ts";
import { previousClose } from "./previous-close.ts";
import { remembered } from "./memory.ts";
import { costRatesOf, freezeOf, lotOf, sessionOf, stepOf } from "./rules.ts";
import { barSpan, measureZone, ticksOf, type Zone } from "./ticks.ts";

export interface ReferenceResult {
  /** Columns of TRADE_COLUMNS, in the order of trades.csv. */
  readonly trades: string[][];
  /** Columns of POSITION_COLUMNS. */
  readonly positions: string[][];
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
  /** Hears every condition that is decided. */
  readonly listen?: Listener;
  /** Of every file; by default measured. */
  readonly zone?: Zone;
  /** Hears of a date of which a previous close was asked for and not found in the dates before it. */
  readonly foundNothingBefore?: (date: string) => void;
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
const known = new WeakMap<readonly RawFile[], Map<string, FileInstrument[]>>();
const ROW_BUGS: readonly (Bug | undefined)[] = ["bogus_clock_drops_row", "crossed_book_is_a_quote", "price_age_by_row", "order_by_row", "prices_round_down"];

function instrumentsOf(files: readonly RawFile[], symbol: string, zone?: Zone, bug?: Bug): FileInstrument[] {
  const rowBug = ROW_BUGS.includes(bug) ? bug : undefined;
  const key = `${symbol} ${zone} ${rowBug}`;
  const ofFiles = known.get(files) ?? new Map<string, FileInstrument[]>();
  known.set(files, ofFiles);
  const found = ofFiles.get(key) ?? readInstruments(files, symbol, zone, rowBug);
  ofFiles.set(key, found);
  return found;
}

function isSeries(kind: RawFile["kind"]): boolean {
  return kind === "spot" || kind === "vix";
}

function readInstruments(files: readonly RawFile[], symbol: string, zone?: Zone, bug?: Bug): FileInstrument[] {
  const spotZone = zone ?? measureZone(files.filter((f) => isSeries(f.kind)));
  const rawZone = zone ?? measureZone(files.filter((f) => !isSeries(f.kind)));
  const groups = groupBy(files.filter((f) => f.symbol === symbol || f.kind === "vix"), (f) => `${f.kind} ${f.expiry} ${f.strike} ${f.cp}`);
  return [...groups.values()].map((group) => ({
    kind: group[0].kind, expiry: group[0].expiry, strike: group[0].strike, cp: group[0].cp,
    span: Math.max(...group.map(barSpan)), broken: group.some((f) => f.broken),
    byDate: groupBy(ticksOf(group, isSeries(group[0].kind) ? spotZone : rawZone, bug), (tick) => tick.date),
  }));
}

type DayData = { readonly notRun: string } | { readonly market: DayMarket; readonly gap: boolean; readonly spotSource: string };

function loadDay(instruments: readonly FileInstrument[], strategy: Strategy, date: string, { bug, unreadable, broken, foundNothingBefore }: ReferenceOptions): DayData {
  const { universe } = strategy;
  const session = sessionOf(date);
  if (session === "closed" || windowsOf(strategy, session, strategy.fill.latency, []).length === 0) return { notRun: "session" };
  if (unreadable?.has(date)) return { notRun: "unreadable" };
  const isListed = (i: FileInstrument) => (i.broken ? broken === "listed" && i.expiry >= date : bug === "pre_open_rows_list" ? i.byDate.has(date) : sessionTicks(i, date, session, bug).length > 0);
  const listed = instruments.filter((i) => i.kind === "option" && isListed(i));

  const choice = chooseExpiry(universe, date, listed.map((i) => i.expiry), bug);
  if ("notRun" in choice) return choice;
  const legs = blocksOf(strategy).flatMap((block) => block.legs);
  const expiries = new Map<string | null, string | undefined>(legs.map(({ expiry }) => [expiry, expiry === null ? choice.expiry : expiryNamed(expiry, universe.symbol, date, listed.map((i) => i.expiry), bug)]));
  if ([...expiries.values()].includes(undefined)) return { notRun: "no_expiry" };

  const chains = new Map([choice.expiry, ...expiries.values()].map((expiry) => [expiry!, chainOf(expiry!, listed.filter((i) => i.expiry === expiry), date, session, bug)]));
  const series = seriesOfDay(instruments, universe, date, session, chains.get(choice.expiry)!, bug);
  const lotOfContract = (expiry: string) => lotOf(universe.symbol, bug === "lot_of_the_trade_date" ? date : expiry);
  const traded = [...chains.keys(), ...(legs.some((leg) => leg.cp === "FUT") && series.tradedFuture ? [series.tradedFuture.expiry] : [])];
  const noCosts = "preset" in strategy.costs && !costRatesOf(date);
  if (traded.some((expiry) => lotOfContract(expiry) === undefined) || noCosts || (strategy.fill.slice === "freeze" && freezeOf(universe.symbol, date) === undefined)) return { notRun: "no_rule" };

  const today = { instruments, universe, date, source: series.source, bug };
  const spotAt = (second: number) => series.spotItself.price(second);
  const newMarket = (): DayMarket => ({
    ...series, date, session, expiry: choice.expiry, greeks: universe.greeks,
    spotMaxAge: Math.max(universe.spot_max_age, series.spotSpan),
    chainOf: (expiry) => chains.get(expiries.get(expiry) ?? choice.expiry)!,
    lotOf: (expiry) => lotOfContract(expiry)!,
    stepOf: (expiry) => stepOf(universe.symbol, date, expiry),
    forward: (expiry, second) => {
      const synthetic = chains.get(bug === "forward_of_the_universe" ? choice.expiry : expiry)!.synthetic.at(second);
      const paise = (synthetic ?? series.spot.at(second))?.value;
      return paise === undefined ? null : paise / 100;
    },
    secondsLeft: (expiry, second) => chains.get(expiry)!.secondsLeft(second),
    previousClose(wanted, chosen) {
      const close = previousClose(today, wanted, chosen);
      if (close === null) foundNothingBefore?.(date);
      return close;
    },
    fact: (fact, second) => factAt(today, fact, spotAt, second),
    regime: (regime, second) => regimeAt(today, regime, spotAt, second),
  });
  // Strategies of one universe share the right market of a date, and with it whatever has been worked out on it.
  const market = bug === undefined ? remembered(instruments, `market ${date} ${broken} ${JSON.stringify([universe, ...expiries])}`, newMarket) : newMarket();
  return { market, gap: choice.gap, spotSource: series.source };
}

/** Runs every variant of a strategy, as text or parsed, over a folder that has been read with `readFolder`. */
export function runReference(files: readonly RawFile[], strategy: string | ParsedStrategy, options: ReferenceOptions = {}): ReferenceResult {
  const parsed = typeof strategy === "string" ? parseStrategy(strategy) : strategy;
  const unreadable = options.unreadable ?? datesThatMatter(files, parsed, options);
  return run(files, parsed, { ...options, unreadable });
}

/** A broken file costs the dates on which it makes a difference whether its contract is listed. */
function datesThatMatter(files: readonly RawFile[], strategy: ParsedStrategy, options: ReferenceOptions): ReadonlySet<string> {
  if (!files.some((f) => f.broken)) return new Set();
  const byDate = (broken: "absent" | "listed") => {
    const { trades, skips, notRun } = run(files, strategy, { ...options, broken });
    // Without ids of positions: they count over the dates.
    const rows = [...trades.map((row) => [row[1], ...row.slice(3)]), ...skips.map((row) => row.slice(1)), ...notRun];
    return groupBy(rows, (row) => row[0]);
  };
  const absent = byDate("absent");
  const listed = byDate("listed");
  const dates = [...absent.keys(), ...listed.keys()];
  // Nobody can say which dates a spot file covers that cannot be read, nor guess that another source will do.
  const { universe } = strategy.variants[0].strategy;
  const wantsSpotFile = universe.spot === "auto" || universe.spot === "files";
  if (wantsSpotFile && files.some((f) => f.broken && f.kind === "spot" && f.symbol === universe.symbol)) return new Set(dates);
  return new Set(dates.filter((date) => JSON.stringify(absent.get(date)) !== JSON.stringify(listed.get(date))));
}

function run(files: readonly RawFile[], { variants }: ParsedStrategy, options: ReferenceOptions): ReferenceResult {
  const { bug, zone } = options;
  const result = { trades: [] as string[][], positions: [] as string[][], skips: [] as string[][], notRun: [] as string[][], spotSources: {} as Record<string, string>, gapDates: [] as string[] };
  for (const { name: variant, strategy } of variants) {
    const instruments = instrumentsOf(files, strategy.universe.symbol, zone, bug);
    const dates = datesOf(instruments).filter((date) => isWanted(strategy, date));
    let positionsSoFar = 0;
    for (const date of dates) {
      const day = loadDay(instruments, strategy, date, options);
      if ("notRun" in day) {
        if (!result.notRun.some((n) => n[0] === date && n[1] === day.notRun)) result.notRun.push([date, day.notRun]);
        continue;
      }
      const { positions, skips } = simulateDay(strategy, day.market, positionsSoFar + 1, bug, options.listen);
      positionsSoFar += positions.length;
      result.trades.push(...tradeRows(strategy, variant, date, positions, bug));
      result.positions.push(...positionRows(strategy, variant, date, positions, bug));
      result.skips.push(...skipRows(variant, date, skips));
      result.spotSources[date] = day.spotSource;
      if (day.gap && !result.gapDates.includes(date)) result.gapDates.push(date);
    }
  }
  return result;
}

function isWanted(strategy: Strategy, date: string): boolean {
  const { from, to, days, include, exclude } = strategy.time;
  if ((include && !include.includes(date)) || exclude?.includes(date)) return false;
  return (!from || date >= from) && (!to || date <= to) && (!days || days.some((day) => day === weekdayOf(date)));
}

