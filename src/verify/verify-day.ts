/** One day of a run worked out anew by the reference engine, straight from the files, and compared row by row. */
import type { MarketRules, SymbolName } from "../core/market/types.ts";
import type { TextTable } from "../core/results/recorded-run.ts";
import type { DayVerdict, RowDifference } from "../core/results/verification.ts";
import type { FileFingerprint } from "../core/results/types.ts";
import type { StrategyVariant } from "../core/strategy/types.ts";
import type { IsoDate } from "../core/time.ts";
import { count } from "../core/words.ts";
import type { CatalogueFile, ClockZone, Layout } from "../data/catalogue/types.ts";
import { inGroups } from "../data/catalogue/groups.ts";
import { ownTrades, skipDifferences, tradeDifferences } from "./compare-rows.ts";
import type { FilesRead, FolderRows } from "./day-files.ts";
import { neededBy } from "./needed.ts";
import { NotVerifiable } from "./not-verifiable.ts";
import { runReference, SKIP_COLUMNS, TRADE_COLUMNS, withRules, type ReferenceResult } from "./reference.ts";
import { ruleBook } from "./rule-book.ts";

/** What is known of one symbol on the date. */
export interface DayInputs {
  readonly symbol: SymbolName;
  /** By name or by facts: whatever may hold a row of the date or of those before it. */
  readonly files: readonly CatalogueFile[];
  readonly zones: Partial<Record<Layout, ClockZone>>;
  /** A bar's label is the end of its span. */
  readonly endLabels: boolean;
  /** Dates of the data before this one, ascending; empty where nothing looks back. */
  readonly before: readonly IsoDate[];
}

export interface DayQuestion {
  readonly date: IsoDate;
  readonly inputs: readonly DayInputs[];
  readonly variants: readonly StrategyVariant[];
  /** Rows of the date alone. */
  readonly run: {
    readonly trades: TextTable;
    /** These two are null where they were not kept: then they are not compared. */
    readonly skips: TextTable | null;
    readonly spotSources: readonly string[] | null;
    readonly notRun: readonly string[];
  };
  /** Files of the run as it found them. */
  readonly ledger: ReadonlyMap<string, readonly FileFingerprint[]>;
}

/** Further back nobody looks for a previous close. */
const DATES_BEFORE = 12;

export async function verifyDay(rows: FolderRows, rules: MarketRules, question: DayQuestion): Promise<DayVerdict> {
  const started = performance.now();
  const { date, variants, run, inputs } = question;
  const seen = { filesRead: 0, rowsRead: 0 };
  const differences: RowDifference[] = [];
  const notes = new Set<string>();
  const spots = new Set<string>();
  let changed = false;
  const verdict = (result: DayVerdict["result"], why: string | null = null): DayVerdict => ({
    date, result, why, differences, notes: [...notes], ...seen,
    trades: of(run.trades, variants).length, skips: run.skips && of(run.skips, variants).length, variants: variants.length,
    spot: spots.size === 0 ? null : [...spots].sort().join(", "), milliseconds: performance.now() - started,
  });
  try {
    for (const [symbol, own] of inGroups(variants, ({ strategy }) => strategy.universe.symbol)) {
      const input = inputs.find((one) => one.symbol === symbol);
      if (!input) throw new NotVerifiable(`the data holds no file of ${symbol} that may have a row on this day`);
      const { read, results } = await askReference(rows, rules, date, input, own);
      seen.filesRead += read.opened.length;
      seen.rowsRead += read.rows;
      read.unreadable.forEach((note) => notes.add(note));
      for (const note of changedFiles(read.opened, question.ledger)) notes.add(note);
      changed ||= read.opened.some((file) => isChanged(file, question.ledger));
      for (const [i, { name }] of own.entries()) {
        const { trades, skips, notRun, spotSources } = results[i];
        differences.push(...tradeDifferences(name, TRADE_COLUMNS, ownTrades(run.trades, name), trades));
        if (run.skips) differences.push(...skipDifferences(name, SKIP_COLUMNS, ownSkips(run.skips, name), skips));
        for (const [, reason] of notRun) if (!run.notRun.includes(reason)) differences.push({ table: "days", variant: name, about: "the day", cells: [{ column: "day", run: "run", reference: `not run: ${reason}` }] });
        const spot = spotSources[date];
        if (spot === undefined) continue;
        spots.add(spot);
        if (run.spotSources && !run.spotSources.includes(spot)) differences.push({ table: "days", variant: name, about: "the day", cells: [{ column: "spot source", run: run.spotSources.join(", "), reference: spot }] });
      }
    }
  } catch (error) {
    return verdict("unverified", error instanceof NotVerifiable ? error.message : `the reference engine failed: ${error instanceof Error ? error.message : String(error)}`);
  }
  return verdict(differences.length === 0 ? "equal" : changed ? "changed" : "differs");
}

/** The reference's results of each variant. Dates before are read one by one, for as long as a previous close is asked for and not found. */
async function askReference(folder: FolderRows, rules: MarketRules, date: IsoDate, input: DayInputs, variants: readonly StrategyVariant[]): Promise<{ readonly read: FilesRead; readonly results: readonly ReferenceResult[] }> {
  const { symbol, files, zones, endLabels, before } = input;
  const strategies = variants.map(({ strategy }) => strategy);
  const needed = neededBy(strategies);
  const book = ruleBook(rules, symbol, date);
  for (let back = needed.earlier ? Math.min(1, before.length) : 0; ; back++) {
    const dates = [date, ...before.slice(before.length - back).reverse()];
    const read = await folder.read({ symbol, dates, files, strategies, needed, zones }, book);
    if (endLabels && read.files.some(({ rows }) => rows.some((row) => row.price === undefined && row.bp0 === undefined && row.open !== undefined)))
      throw new NotVerifiable("the data holds bars labelled by the end of their span; the reference reads labels of the start only");
    let lookedPast = false;
    const results = withRules(book, () => variants.map((variant) => runReference(read.files, onlyOn(variant, date), { zone: "ist-wall", unreadable: new Set(), broken: "absent", foundNothingBefore: (of) => (lookedPast ||= of === date) })));
    if (!lookedPast || back >= before.length) return { read, results };
    if (back >= DATES_BEFORE) throw new NotVerifiable(`a previous close is asked for and found on none of the ${DATES_BEFORE} dates before`);
  }
}

function onlyOn({ name, swept, strategy }: StrategyVariant, date: IsoDate) {
  const { time } = strategy;
  const dates = time.include && !time.include.includes(date) ? [] : [date];
  return { name: strategy.name, params: {}, warnings: [], variants: [{ name, swept, strategy: { ...strategy, time: { ...time, include: dates } } }] };
}

function of({ columns, rows }: TextTable, variants: readonly StrategyVariant[]): TextTable["rows"] {
  const at = columns.indexOf("variant");
  return rows.filter((row) => variants.some(({ name }) => name === row[at]));
}

function ownSkips({ columns, rows }: TextTable, variant: string): TextTable["rows"] {
  const at = columns.indexOf("variant");
  return rows.filter((row) => row[at] === variant);
}

type Opened = FilesRead["opened"][number];

function isChanged(file: Opened, ledger: DayQuestion["ledger"]): boolean {
  const then = ledger.get(file.path);
  return then !== undefined && !then.some(({ size, modified, footer }) => size === file.size && modified === file.modified && footer === file.footer);
}

/** Those whose time alone is another are counted: a copied folder has thousands. */
function changedFiles(opened: readonly Opened[], ledger: DayQuestion["ledger"]): string[] {
  const changed = opened.filter((file) => isChanged(file, ledger)).map((file) => ({ ...file, then: ledger.get(file.path)! }));
  const touched = changed.filter(({ size, footer, then }) => then.some((one) => one.size === size && one.footer === footer));
  return [
    ...changed.filter((file) => !touched.includes(file)).map(({ path, size, then }) => `${path} has changed since the run: ${then[0].size} bytes then, ${size} now`),
    ...(touched.length > 0 ? [`${count(touched.length, "file")} of another time than at the run, size and footer being the same: ${touched[0].path}${touched.length > 1 ? " and others" : ""}`] : []),
  ];
}
