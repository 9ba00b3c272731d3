/** The index of a data folder: names first, files opened only when a question needs it. */
import type { MarketRules, SymbolName } from "../../core/market/types.ts";
import type { DayNumber } from "../../core/time.ts";
import type { IndexStore } from "../index-store.ts";
import type { Answering, AnsweringFile } from "./answering.ts";
import { comparePaths } from "../data-files.ts";
import type { Folder } from "../ports.ts";
import { portionsOf } from "./chunks.ts";
import { conflictSuspects, findConflicts, givingWay, settle } from "./conflicts.ts";
import { datesHeld, datesOfFile, isAlive, type DatedFile } from "./file-dates.ts";
import { FileIndex, type ProbeClocks, type ReadFacts, type ReportProgress } from "./file-index.ts";
import { inGroups } from "./groups.ts";
import { readPaths } from "./layout.ts";
import { barSpanOf, contractsOf, coverageOf, mappingOf, rowKindOf, summarizeSymbol } from "./summary.ts";
import {
  holdsSeveral, UNKNOWN_SYMBOL, VIX_SYMBOL,
  type CatalogueContract, type CatalogueFile, type CatalogueSummary, type ClockProbe, type CoverageDay, type DataSettings, type DayChunk,
  type FileProblem, type Layout, type LayoutConflict, type SeriesKind, type ZoneFinding,
} from "./types.ts";
import { decidedZones, decideZone, PROBED_FILES } from "./zones.ts";

export interface CatalogueOptions {
  readonly folder: Folder;
  readonly rules: MarketRules;
  readonly settings: DataSettings;
  readonly store: IndexStore;
  readonly readFacts: ReadFacts;
  readonly probeClocks: ProbeClocks;
  readonly progress?: ReportProgress;
  /** Ends whatever the catalogue is doing; what was learned is kept. */
  readonly signal?: AbortSignal;
}

/** Dates inclusive; open where absent. */
export interface DateWindow {
  readonly from?: DayNumber;
  readonly to?: DayNumber;
}

export interface FileQuery {
  /** Part of the path, any case. */
  readonly text?: string;
  readonly symbol?: SymbolName;
  readonly offset: number;
  readonly limit: number;
}

/** Of a layout whose files hold many contracts each, so many are opened to show which: each costs a fraction of a second. */
const PARTITIONS_OPENED = 12;

const KIND_WORDS: Readonly<Record<SeriesKind, string>> = { option: "contracts", spot: "spot", future: "futures", vix: "VIX" };

/** The choice that a run needs and that the user has not made. */
export class ChoiceNeeded extends Error {
  override readonly name = "ChoiceNeeded";
}

export class Catalogue {
  readonly #options: CatalogueOptions;
  readonly #index: FileIndex;
  #settings: DataSettings;
  #files: readonly CatalogueFile[] = [];
  #nameProblems: readonly FileProblem[] = [];
  #symbols: readonly SymbolName[] = [];
  #zones: readonly ZoneFinding[] = [];
  #revision = 0;

  private constructor(options: CatalogueOptions, index: FileIndex) {
    this.#options = options;
    this.#index = index;
    this.#settings = options.settings;
  }

  /** Lists the folder and reads the names. Opens a sample of the files only: to decide the clock zone, and to see conflicts. */
  static async open(options: CatalogueOptions): Promise<Catalogue> {
    const { folder, rules, store, readFacts, probeClocks, signal, progress } = options;
    const index = await FileIndex.open({ key: folder.name, calendar: rules.calendarHash, store, readFacts, probeClocks, signal });
    const catalogue = new Catalogue(options, index);
    await catalogue.refresh(progress);
    return catalogue;
  }

  /** Lists the folder anew. Facts of files whose size and time have not changed are kept. */
  async refresh(progress?: ReportProgress): Promise<CatalogueSummary> {
    const { folder, rules, signal } = this.#options;
    this.#revision++;
    const listed = await folder.list((done) => progress?.({ phase: "listing", done, total: done }), signal);
    progress?.({ phase: "names", done: 0, total: listed.length });
    const { files, problems } = readPaths(listed.map(({ path }) => path), rules);
    this.#files = files;
    this.#nameProblems = problems;
    this.#index.list(listed);
    progress?.({ phase: "names", done: listed.length, total: listed.length });
    const layouts = new Set(files.map(({ layout }) => layout));
    await this.#index.learnClocks([...layouts].flatMap((layout) => this.#probed(layout)), progress);
    this.#decideZones();
    await this.#index.learn(files.filter(({ symbol }) => symbol === UNKNOWN_SYMBOL).slice(0, PROBED_FILES), decidedZones(this.#zones), progress);
    this.#symbols = this.#symbolsFound();
    await this.#index.learn([...this.#symbols, VIX_SYMBOL].flatMap((symbol) => conflictSuspects(this.#filesOf(symbol))), decidedZones(this.#zones), progress);
    return this.summary();
  }

  /** Takes over what the user decided. */
  async configure(settings: DataSettings): Promise<CatalogueSummary> {
    this.#revision++;
    this.#settings = settings;
    this.#decideZones();
    return this.summary();
  }

  summary(): CatalogueSummary {
    const { folder, rules } = this.#options;
    return {
      folder: folder.name,
      files: this.#files.length + this.#nameProblems.filter(({ fatal }) => fatal).length,
      emptyFiles: this.#index.emptyFiles(),
      ...(this.#index.notKept !== undefined && { indexNotKept: this.#index.notKept }),
      symbols: this.#symbols.map((symbol) => summarizeSymbol(symbol, this.#filesOf(symbol).map((file) => ({ file, facts: this.#index.facts(file.path) })), rules)),
      zones: this.#zones.map((zone) => (rowKindOf(this.#probesOf(zone.layout)) === "bar" ? { ...zone, bars: this.#settings.barLabel ?? "start" } : zone)),
      kinds: this.#perLayout(rowKindOf),
      mappings: this.#perLayout(mappingOf),
      conflicts: [...this.#symbols, VIX_SYMBOL].flatMap((symbol) => this.#conflicts(symbol, this.#dated(this.#filesOf(symbol)))),
      problems: [...this.#nameProblems, ...this.#index.problems(), ...this.#symbolProblems()],
    };
  }

  files({ text = "", symbol, offset, limit }: FileQuery): { readonly total: number; readonly files: readonly CatalogueFile[] } {
    const wanted = text.toLowerCase();
    const found = this.#files.filter((file) => (symbol === undefined || file.symbol === symbol) && file.path.toLowerCase().includes(wanted));
    return { total: found.length, files: found.slice(offset, offset + limit) };
  }

  /** One entry per contract and file, in path order. Files whose names tell no contract are opened for it. */
  async contracts(progress?: ReportProgress): Promise<CatalogueContract[]> {
    await this.#index.learn(this.#files.filter(holdsSeveral), decidedZones(this.#zones), progress);
    const only = this.#symbols.length === 1 ? this.#symbols[0] : undefined;
    return this.#files.flatMap((file) => contractsOf({ file, facts: this.#index.facts(file.path) }, only, this.#options.rules));
  }

  /**
   * Every date of the window on which some file of the symbol may hold a row, ascending. No such date is left out.
   * Throws ChoiceNeeded where the clocks were looked at and leave the zone open.
   */
  async candidateDates(symbol: SymbolName, { from = -Infinity, to = Infinity }: DateWindow, progress?: ReportProgress): Promise<DayNumber[]> {
    const layouts = new Set(this.#filesOf(symbol).map(({ layout }) => layout));
    this.#refuseUndecided(this.#zones.filter(({ layout, istShare }) => layouts.has(layout) && istShare !== undefined));
    return datesHeld(await this.#datedFrom(symbol, from, progress), this.#options.rules, from, to);
  }

  /** All dates of the symbol and what there is of each. A sample of the files of many contracts is opened for the contracts in them. */
  async coverage(symbol: SymbolName, progress?: ReportProgress): Promise<CoverageDay[]> {
    await this.#index.learn(spread(this.#filesOf(symbol).filter(holdsSeveral), PARTITIONS_OPENED), decidedZones(this.#zones), progress);
    const files = await this.#datedFrom(symbol, -Infinity, progress);
    return coverageOf(datesHeld(files, this.#options.rules, -Infinity, Infinity), files);
  }

  /**
   * The dates, ascending, in portions of one expiry cycle, each with every file that a job of its dates may need.
   * Throws ChoiceNeeded while a conflict of layouts or a clock zone that concerns these files is undecided.
   */
  async chunks(symbol: SymbolName, dates: readonly DayNumber[], progress?: ReportProgress): Promise<DayChunk[]> {
    if (dates.length === 0) return [];
    const own = await this.#datedFrom(symbol, dates[0], progress);
    const vix = await this.#datedFrom(VIX_SYMBOL, dates[0], progress);
    const files = [...own, ...vix].sort((a, b) => comparePaths(a.file.path, b.file.path));
    const giveWay = givingWay(files, new Map([...this.#picked(symbol, own), ...this.#picked(VIX_SYMBOL, vix)]));
    const expiries = this.#options.rules.expiries(symbol).map(({ date }) => date);
    const portions = portionsOf(dates, files, expiries, giveWay);
    // A layout of which nothing can be read has no clocks to ask about: the days that need it say what is wrong with its files.
    const layouts = new Set(portions.flatMap((portion) => portion.files.flatMap(({ file, facts }) => (facts ? file.layout : []))));
    this.#refuseUndecided(this.#zones.filter(({ layout }) => layouts.has(layout)));
    const zones = decidedZones(this.#zones);
    const kinds = this.#perLayout(rowKindOf);
    const barSpans = this.#perLayout(barSpanOf);
    return portions.map((portion) => ({
      symbol, zones, kinds, barSpans,
      dates: portion.dates,
      files: portion.files.map(({ file }) => file),
      facts: portion.files.map(({ facts }) => facts),
      barLabel: this.#settings.barLabel ?? "start",
    }));
  }

  /** Another number whenever the files or how they are read may have changed. */
  get revision(): number {
    return this.#revision;
  }

  get symbols(): readonly SymbolName[] {
    return this.#symbols;
  }

  /** Every file of a kind, by its path alone. */
  named(wanted: SeriesKind): CatalogueFile[] {
    return this.#files.filter(({ kind }) => kind === wanted);
  }

  /**
   * The files of these paths that have rows, as far as they answer for them, after each has been looked at.
   * Throws ChoiceNeeded while a conflict of layouts or a clock zone that concerns them is undecided.
   */
  async answering(paths: readonly string[], progress?: ReportProgress): Promise<Answering> {
    const asked = new Set(paths);
    const wanted = this.#files.filter(({ path }) => asked.has(path));
    await this.#index.learn(wanted, decidedZones(this.#zones), progress);
    const problems = wanted.flatMap(({ path }) => this.#index.problem(path) ?? []);
    const unusable = new Set(problems.map(({ path }) => path));
    const found = new Map<string, { readonly dated: DatedFile; readonly symbols: SymbolName[]; readonly givesWay: DayNumber[] }>();
    for (const symbol of [...this.#symbols, VIX_SYMBOL]) {
      const own = this.#dated(this.#filesOf(symbol).filter(({ path }) => asked.has(path) && !unusable.has(path)));
      for (const dated of own) found.set(dated.file.path, { dated, symbols: [...(found.get(dated.file.path)?.symbols ?? []), symbol], givesWay: [] });
      const picked = this.#picked(symbol, own);
      if (picked.size === 0) continue;
      const giveWay = givingWay(own, picked);
      for (const date of datesHeld(own, this.#options.rules, -Infinity, Infinity)) for (const path of giveWay(date)) found.get(path)?.givesWay.push(date);
    }
    const files = wanted.flatMap(({ path }): AnsweringFile[] => {
      const one = found.get(path);
      if (!one) return [];
      const { first, last, exact } = one.dated.dates;
      return [{ file: one.dated.file, symbols: one.symbols, first, last, givesWay: one.givesWay, ...(exact && { exact }) }];
    });
    const layouts = new Set(files.map(({ file }) => file.layout));
    this.#refuseUndecided(this.#zones.filter(({ layout }) => layouts.has(layout)));
    return { files, problems, zones: decidedZones(this.#zones), kinds: this.#perLayout(rowKindOf), barSpans: this.#perLayout(barSpanOf), barLabel: this.#settings.barLabel ?? "start" };
  }

  #decideZones(): void {
    const layouts = [...inGroups(this.#files, ({ layout }) => layout).keys()].sort();
    this.#zones = layouts.map((layout) => decideZone(layout, this.#probesOf(layout), this.#settings.zone?.[layout]));
  }

  #refuseUndecided(findings: readonly ZoneFinding[]): void {
    const open = findings.find(({ zone }) => zone === "ask");
    if (!open) return;
    const share = (of: number | undefined): string => `${Math.round((of ?? 0) * 100)} %`;
    const seen = open.istShare === undefined ? "the files looked at have no rows with a clock"
      : `of the rows looked at, ${share(open.istShare)} read as a trading day in IST and ${share(open.utcShare)} in UTC`;
    throw new ChoiceNeeded(`The clock zone of the layout "${open.layout}" is not certain: ${seen}. Choose "ist-wall" (the digits are Indian time) or "utc" for it.`);
  }

  /** A file that nobody can read asks for no choice: the days that need it say what is wrong with it. */
  #conflicts(symbol: SymbolName, files: readonly DatedFile[]): LayoutConflict[] {
    return findConflicts(symbol, files.filter(({ file }) => this.#index.problem(file.path) === undefined));
  }

  /** The layout that answers for each kind which stands in two. */
  #picked(symbol: SymbolName, files: readonly DatedFile[]): ReadonlyMap<SeriesKind, Layout> {
    const pick = this.#settings.layout?.[symbol];
    const { picked, open } = settle(this.#conflicts(symbol, files), pick);
    if (open.length === 0) return picked;
    const [{ layouts, kind, example }] = open;
    const unhelpful = pick === undefined ? "" : ` The layout "${pick}", picked so far, does not decide between them.`;
    throw new ChoiceNeeded(`The layouts ${layouts.join(" and ")} hold the same ${symbol} ${KIND_WORDS[kind]} on the same day (${example}).${unhelpful} Choose which layout answers for ${symbol}.`);
  }

  /** Files of the symbol that have rows and may matter from a date on, with what is known of their dates. */
  async #datedFrom(symbol: SymbolName, from: DayNumber, progress: ReportProgress | undefined): Promise<DatedFile[]> {
    const matters = (file: CatalogueFile): boolean => isAlive(file, from) && (file.date ?? Infinity) >= from;
    // A layout without a single row must not hold up a run over its zone: its files are looked at, and drop out.
    const undecided = new Set(this.#zones.flatMap(({ zone, layout }) => (zone === "ask" ? [layout] : [])));
    const wanted = this.#filesOf(symbol).filter((file) =>
      matters(file) && (file.date === undefined || file.strike !== undefined || file.symbol === UNKNOWN_SYMBOL || undecided.has(file.layout)));
    await this.#index.learn(wanted, decidedZones(this.#zones), progress);
    return this.#dated(this.#filesOf(symbol).filter(matters));
  }

  #dated(files: readonly CatalogueFile[]): DatedFile[] {
    return files.flatMap((file) => {
      const facts = this.#index.facts(file.path);
      const dates = datesOfFile(file, facts);
      return dates ? [{ file, facts, dates }] : [];
    });
  }

  /** Files that may hold rows of the symbol. One whose rows contradict its name holds rows of nobody knows what. */
  #filesOf(symbol: SymbolName): CatalogueFile[] {
    return this.#files.filter((file) => (file.symbol === symbol || (file.symbol === UNKNOWN_SYMBOL && this.#mayBeOf(file, symbol))) && this.#index.problem(file.path)?.kind !== "name_contradicts_rows");
  }

  #mayBeOf(file: CatalogueFile, symbol: SymbolName): boolean {
    if (symbol === VIX_SYMBOL) return false;
    const told = this.#index.facts(file.path)?.symbols;
    if (told && told.length > 0) return told.includes(symbol) && (file.kind === "option" || told.length === 1);
    return this.#symbols.length <= 1 || (told === undefined && file.kind === "option");
  }

  #symbolProblems(): FileProblem[] {
    return this.#files.flatMap((file) => {
      if (file.symbol !== UNKNOWN_SYMBOL || this.#symbols.some((symbol) => this.#mayBeOf(file, symbol)) || this.#symbols.length === 0) return [];
      return [{ path: file.path, kind: "unreadable_name", fatal: true, message: `neither the path nor the rows say for certain which of ${this.#symbols.join(", ")} the file is of; put the symbol into its name or a folder` }];
    });
  }

  #symbolsFound(): SymbolName[] {
    const found = new Set<SymbolName>();
    for (const { path, symbol } of this.#files) for (const one of symbol === UNKNOWN_SYMBOL ? (this.#index.facts(path)?.symbols ?? []) : [symbol]) found.add(one);
    found.delete(VIX_SYMBOL);
    return [...found].sort();
  }

  #probesOf(layout: Layout): ClockProbe[] {
    return this.#probed(layout).flatMap(({ path }) => this.#index.probe(path) ?? []);
  }

  /** The files of a layout that stand for all of it. */
  #probed(layout: Layout): CatalogueFile[] {
    return this.#files.filter((file) => file.layout === layout).slice(0, PROBED_FILES);
  }

  #perLayout<T>(value: (probes: readonly ClockProbe[]) => T): Partial<Record<Layout, T>> {
    return Object.fromEntries(this.#zones.map(({ layout }) => [layout, value(this.#probesOf(layout))]));
  }
}

/** At most so many of the files: the first, the last, and others at even distances. */
function spread<T>(files: readonly T[], most: number): T[] {
  if (files.length <= most) return [...files];
  return Array.from({ length: most }, (_, i) => files[Math.round((i * (files.length - 1)) / (most - 1))]);
}
