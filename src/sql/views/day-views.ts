/** `atm`, `micro` and `regimes`: worked out date by date from the grids that strategies see. */
import { ATM_COLUMNS, atmSeconds, plainUniverse } from "../../core/facts/atm-seconds.ts";
import { EARLIER_DATES, FACT_NAMES, factsByDate, type DatedFacts } from "../../core/facts/day-facts.ts";
import { MICROFACT_FIELDS, microfacts } from "../../core/facts/microfacts.ts";
import { REGIMES } from "../../core/facts/regimes.ts";
import { DayGrids } from "../../core/engine/day-grids.ts";
import { lookAt } from "../../core/engine/looked-at.ts";
import type { DayData } from "../../core/engine/ports.ts";
import { factsName, factsOfSpot, spotOf } from "../../core/engine/spot-facts.ts";
import type { Slice } from "../../core/grid/slice.ts";
import type { Kernels } from "../../core/kernels.ts";
import type { ContractId } from "../../core/market/contract-id.ts";
import type { MarketRules, Session, SymbolName } from "../../core/market/types.ts";
import type { DayNumber } from "../../core/time.ts";
import type { FileQuestions } from "../../data/catalogue/answering.ts";
import type { Progress } from "../../data/catalogue/types.ts";
import { createDaySource } from "../../data/day-data.ts";
import type { KeptFacts } from "../../data/hot/kept-facts.ts";
import type { Folder, RowReader } from "../../data/ports.ts";
import type { View } from "../../data/views/views.ts";
import type { DuckdbHost } from "../duckdb.ts";
import { arrowTable } from "./arrow-table.ts";
import type { MadeTable } from "./made-view.ts";
import { meeting, type KnownColumns } from "./narrow.ts";
import type { ViewUse } from "./references.ts";
import { SqlProblem } from "./sql-problem.ts";

export interface DayViewOptions {
  readonly host: DuckdbHost;
  readonly folder: Folder;
  readonly questions: FileQuestions;
  readonly rules: MarketRules;
  /** Loaded when the first of these views is asked about. */
  readonly machine: () => Promise<{ readonly kernels: Kernels; readonly reader: RowReader }>;
  /** From query to query. */
  readonly facts: KeptFacts;
}

/** Tables of 22,500 rows each that one query may have made. */
const MOST_DAYS = 60;

type Report = (progress: Progress) => void;

export async function dayTables(options: DayViewOptions, view: View, use: ViewUse, progress: Report): Promise<MadeTable[]> {
  switch (view.name) {
    case "atm":
      return atmTables(options, view, use, progress);
    case "micro":
      return microTables(options, view, use, progress);
    default:
      return regimeTables(options, use, progress);
  }
}

interface SymbolDate {
  readonly symbol: SymbolName;
  readonly date: DayNumber;
}

async function symbolDates({ host, questions }: DayViewOptions, use: ViewUse, progress: Report): Promise<{ readonly all: SymbolDate[]; readonly wanted: SymbolDate[] }> {
  const all: SymbolDate[] = [];
  for (const symbol of await questions.symbols()) for (const date of await questions.dates(symbol, progress)) all.push({ symbol, date });
  const columns: KnownColumns = { symbol: all.map(({ symbol }) => symbol), date: all.map(({ date }) => date) };
  const places = all.length === 0 ? [] : await host.run((db) => meeting(db, columns, use));
  return { all, wanted: places.map((place) => all[place]) };
}

async function atmTables(options: DayViewOptions, view: View, use: ViewUse, progress: Report): Promise<MadeTable[]> {
  const { wanted } = await symbolDates(options, use, progress);
  if (wanted.length > MOST_DAYS) throw tooMany(view, wanted.length);
  const tables: MadeTable[] = [];
  await overDays(options, wanted, [], progress, async ({ symbol }, data, grids) => {
    const made = await atmSeconds(symbol, data, options.rules, grids);
    if (!made) return;
    const columns = Object.fromEntries(ATM_COLUMNS.map((name) => [name, made[name]]));
    tables.push(secondsTable({ symbol, date: data.date, expiry: made.expiry }, grids.session, columns, ["ce_price + pe_price AS straddle"], view));
  });
  return tables;
}

async function microTables(options: DayViewOptions, view: View, use: ViewUse, progress: Report): Promise<MadeTable[]> {
  const { host, questions } = options;
  const undated: ViewUse = { places: use.places.map((conditions) => conditions.filter(({ columns }) => !columns.has("date"))) };
  const named: (Partial<ContractId> & { readonly symbol: SymbolName })[] = [...(await questions.symbols()).map((symbol) => ({ symbol })), ...(await questions.contracts(progress))];
  const instruments = (await host.run((db) => meeting(db, contractColumns(named), undated))).map((place) => named[place]);
  const { wanted: days } = await symbolDates(options, { places: use.places.map((conditions) => conditions.filter(({ columns }) => [...columns].every((column) => column === "date" || column === "symbol"))) }, progress);
  const pairs = instruments.flatMap((instrument) => days.filter(({ symbol, date }) => symbol === instrument.symbol && date <= (instrument.expiry ?? Infinity)).map(({ date }) => ({ ...instrument, date })));
  const wanted = (await host.run((db) => (pairs.length === 0 ? [] : meeting(db, { ...contractColumns(pairs), date: pairs.map(({ date }) => date) }, use)))).map((place) => pairs[place]);
  if (wanted.length > MOST_DAYS) throw tooMany(view, wanted.length);
  const tables: MadeTable[] = [];
  await overDays(options, wanted, MICROFACT_FIELDS, progress, async (one, data, grids) => {
    const slice = await sliceOf(one, data);
    if (slice) tables.push(secondsTable({ ...one }, grids.session, microfacts(grids, slice), [], view));
  });
  return tables;
}

async function sliceOf({ symbol, expiry, strike, cp }: Partial<ContractId> & { readonly symbol: SymbolName }, data: DayData): Promise<Slice | undefined> {
  if (expiry === undefined || strike === undefined || cp === undefined) return data.spot();
  return (await data.load([{ symbol, expiry, strike, cp }]))[0];
}

function contractColumns(named: readonly (Partial<ContractId> & { readonly symbol: SymbolName })[]): KnownColumns {
  return { symbol: named.map(({ symbol }) => symbol), expiry: named.map(({ expiry }) => expiry ?? null), strike: named.map(({ strike }) => strike ?? null), cp: named.map(({ cp }) => cp ?? null) };
}

/** All dates that can play a part in the regimes of those wanted are looked at. */
async function regimeTables(options: DayViewOptions, use: ViewUse, progress: Report): Promise<MadeTable[]> {
  const { all, wanted } = await symbolDates(options, use, progress);
  if (wanted.length === 0) return [];
  const { rules } = options;
  const rows: (ReturnType<typeof factsByDate>[number] & { readonly symbol: SymbolName })[] = [];
  for (const symbol of new Set(wanted.map((one) => one.symbol))) {
    const own = all.filter((one) => one.symbol === symbol);
    const dates = new Set(wanted.filter((one) => one.symbol === symbol).map(({ date }) => date));
    const from = Math.max(0, own.findIndex(({ date }) => dates.has(date)) - EARLIER_DATES);
    const to = own.findLastIndex(({ date }) => dates.has(date));
    const facts: DatedFacts[] = [];
    await overDays(options, own.slice(from, to + 1), [], progress, async ({ date }, data, grids) => {
      const universe = plainUniverse(symbol);
      const found = await data.recall(factsName(universe), async () => {
        const spot = await spotOf(universe, data, grids, () => lookAt(universe, data, rules, grids));
        return spot ? factsOfSpot(date, spot, grids.session.close - grids.session.open) : null;
      });
      if (found) facts.push(found);
    });
    rows.push(...factsByDate(facts).filter(({ date }) => dates.has(date)).map((one) => ({ ...one, symbol })));
  }
  if (rows.length === 0) return [];
  const maybe = (name: string, type: string): string => `CASE WHEN NOT isnan(${name}) THEN CAST(${name} AS ${type}) END AS ${name}`;
  return [{
    arrow: arrowTable({
      symbol: rows.map(({ symbol }) => symbol),
      date: rows.map(({ date }) => date),
      source: rows.map(({ source }) => source),
      ...Object.fromEntries(FACT_NAMES.map((name) => [name, Float64Array.from(rows, ({ values }) => values[name] ?? NaN)])),
      ...Object.fromEntries(REGIMES.map((name) => [`${name}_decile`, Float64Array.from(rows, ({ regimes }) => regimes[name] ?? NaN)])),
    }),
    select: (from) => `SELECT CAST(symbol AS VARCHAR) AS symbol, DATE '1970-01-01' + CAST(date AS INTEGER) AS date, CAST(source AS VARCHAR) AS source, ${[...FACT_NAMES.map((name) => maybe(name, "DOUBLE")), ...REGIMES.map((name) => maybe(`${name}_decile`, "INTEGER"))].join(", ")} FROM ${from}`,
  }];
}

/** Opens each date for the time of the work; dates without a session are left out. */
async function overDays<D extends SymbolDate>({ folder, questions, rules, machine, facts }: DayViewOptions, wanted: readonly D[], fields: readonly string[], progress: Report, work: (one: D, data: DayData, grids: DayGrids) => Promise<void>): Promise<void> {
  const { kernels, reader } = await machine();
  let done = 0;
  for (const symbol of new Set(wanted.map((one) => one.symbol))) {
    const own = wanted.filter((one) => one.symbol === symbol);
    const source = createDaySource({ folder, reader, kernels, rules, fields, recall: facts.recall });
    const chunks = await questions.chunks(symbol, [...new Set(own.map(({ date }) => date))].sort((a, b) => a - b), progress);
    for (const one of own) {
      const chunk = chunks.find(({ dates }) => dates.includes(one.date));
      const session = rules.session(one.date);
      if (chunk && session !== undefined && session !== "closed") {
        const grids = new DayGrids(kernels, session);
        try {
          await work(one, source.day(chunk, one.date), grids);
        } finally {
          grids.release();
        }
      }
      progress({ phase: "clocks", done: ++done, total: wanted.length });
    }
    source.release();
  }
}

/** A row per second of the session: what stays the same all day, the clock, the columns, and what is made of them. */
function secondsTable(fixed: Partial<ContractId> & SymbolDate, { open, close }: Session, columns: Readonly<Record<string, Float64Array>>, made: readonly string[], view: View): MadeTable {
  const { symbol, date, expiry, strike, cp } = fixed;
  const day = (value: number | undefined): string => (value === undefined ? "CAST(NULL AS DATE)" : `DATE '1970-01-01' + ${value}`);
  const constants: Readonly<Record<string, string>> = {
    symbol: `'${symbol}'`, date: day(date), expiry: day(expiry), strike: strike === undefined ? "CAST(NULL AS DOUBLE)" : `CAST(${strike} AS DOUBLE)`, cp: cp === undefined ? "CAST(NULL AS VARCHAR)" : `'${cp}'`,
    second: "second", time: `epoch_ms((CAST(${date} AS BIGINT) * 86400 + second) * 1000)`,
  };
  const known = view.columns.filter(({ name }) => name in constants).map(({ name }) => `${constants[name]} AS ${name}`);
  const values = Object.keys(columns).map((name) => `CASE WHEN NOT isnan(${name}) THEN ${name} END AS ${name}`);
  const order = view.columns.map(({ name }) => name).join(", ");
  return {
    arrow: arrowTable({ second: Int32Array.from({ length: close - open }, (_, s) => open + s), ...columns }),
    select: (from) => `SELECT ${order} FROM (SELECT *${made.map((sql) => `, ${sql}`).join("")} FROM (SELECT ${[...known, ...values].join(", ")} FROM ${from}))`,
  };
}

function tooMany({ name, fileColumns }: View, count: number): SqlProblem {
  const hint = name === "micro" ? "WHERE date = DATE '2024-08-22' AND strike = 50000, or AND strike IS NULL for spot" : "WHERE date BETWEEN '2024-08-01' AND '2024-08-31'";
  return new SqlProblem(`the query needs ${count.toLocaleString("en-IN")} days of "${name}", and at most ${MOST_DAYS} are worked out for one. Narrow it beside FROM ${name} with conditions on ${fileColumns.join(", ")}, such as ${hint}`);
}
