import { type DayNumber, SECONDS_PER_DAY, isoDate } from "../time.ts";
import type { MarketRules, SymbolName } from "../market/types.ts";
import type { ContractId } from "../market/contract-id.ts";
import { type Cadence, cadenceOfExpiry, FULL_CADENCE } from "./cadence.ts";
import { contractFileName, futureName } from "./contract-name.ts";
import { instrumentRows } from "./contract-rows.ts";
import { contractTable, thinTable } from "./contract-table.ts";
import { type PlannedContract, planExpiry } from "./contracts.ts";
import { type DayPath, type SampleDay, dayPath, sampleDays } from "./market.ts";
import { addRowQuirks, spoilFirstClock } from "./quirks.ts";
import { type QuirkCounts, countRowQuirks, noQuirks } from "./quirk-counts.ts";
import { Random } from "./random.ts";
import { Rows } from "./rows.ts";
import { spotTable } from "./spot-table.ts";
import { type SampleTable, constantText } from "./table.ts";

export interface SampleOptions {
  readonly rules: MarketRules;
  readonly seed: number;
  /** Trading days by the rules' calendar, from `from` on. */
  readonly days: number;
  readonly from: DayNumber;
  /** Default BANKNIFTY. */
  readonly symbol?: SymbolName;
  /** Strikes above and below everything spot touches; default 12. */
  readonly strikesEachSide?: number;
  /** How many expiries trade at a time; default 2. */
  readonly expiriesAlive?: number;
  /** Default: as in the user's data. */
  readonly cadence?: Cadence;
  /** Spot files, one a day; default true. */
  readonly spot?: boolean;
  /** One futures file with the two nearest months; default false. */
  readonly future?: boolean;
  /** Every quirk of real data; default true. Without, rows are clean. */
  readonly quirks?: boolean;
}

/** One file of the folder. Its tables are made when asked for, one row group each, and not kept. */
export interface SampleFile {
  readonly path: string;
  readonly kind: "option" | "spot" | "future";
  /** Of an option file. */
  readonly contract?: ContractId & { readonly monthly: boolean };
  /** Of a spot file. */
  readonly date?: DayNumber;
  readonly tables: () => Iterable<SampleTable>;
}

export interface Sample {
  readonly symbol: SymbolName;
  readonly days: readonly SampleDay[];
  readonly files: readonly SampleFile[];
  /** Counted while tables are made: complete once every file's tables have been made once. */
  readonly quirks: QuirkCounts;
}

const KEPT_PATHS = 16;
const FUTURE_MONTHS = 2;

/** A made-up raw-layout folder. The same options give the same bytes. Throws a RangeError where a number makes no sense or the rules do not reach. */
export function makeSample(options: SampleOptions): Sample {
  const { days, cadence = FULL_CADENCE, strikesEachSide = 1, expiriesAlive = 1 } = options;
  for (const [name, value] of Object.entries({ days, strikesEachSide, expiriesAlive })) {
    if (!Number.isInteger(value) || value < 1) throw new RangeError(`${name} is ${value}: give a whole number from 1`);
  }
  if (!(cadence.near >= 1 && cadence.far >= cadence.near)) {
    throw new RangeError(`The cadence is ${cadence.near} s near the money and ${cadence.far} s far away: give at least 1 s, and no less far away`);
  }
  return new SampleMaker(options).sample();
}

class SampleMaker {
  private readonly symbol: SymbolName;
  private readonly days: readonly SampleDay[];
  private readonly cadence: Cadence;
  private readonly withQuirks: boolean;
  private readonly quirks = noQuirks();
  private readonly paths = new Map<DayNumber, DayPath>();

  constructor(private readonly options: SampleOptions) {
    this.symbol = options.symbol ?? "BANKNIFTY";
    this.days = sampleDays(options.rules, this.symbol, options.from, options.days, options.expiriesAlive ?? 2, options.seed);
    this.cadence = options.cadence ?? FULL_CADENCE;
    this.withQuirks = options.quirks ?? true;
  }

  sample(): Sample {
    const files = this.optionFiles();
    if (this.options.spot ?? true) files.push(...this.spotFiles());
    if (this.options.future) files.push(this.futureFile());
    return { symbol: this.symbol, days: this.days, files, quirks: this.quirks };
  }

  private optionFiles(): SampleFile[] {
    const expiries = new Map(this.days.flatMap((day) => day.expiries).map((expiry) => [expiry.date, expiry]));
    return [...expiries.values()].flatMap((expiry) => {
      const alive = this.days.filter((day) => day.expiries.some(({ date }) => date === expiry.date));
      const step = this.step(alive[0]);
      const plan = planExpiry(this.symbol, expiry, alive, (day) => this.range(day), step, this.options.strikesEachSide ?? 12, this.withQuirks);
      this.quirks.strikes_on_one_side += plan.oneSided;
      return plan.contracts.map((contract) => this.optionFile(contract));
    });
  }

  private optionFile(contract: PlannedContract): SampleFile {
    const { quirks } = this;
    if (contract.style === "nse_upper") quirks.upper_case_names++;
    else if (contract.style !== "nse") quirks.other_style_names++;
    const { symbol, expiry, strike, cp, monthly } = contract;
    return {
      path: `options/${contractFileName(contract, contract.style)}.parquet`,
      kind: "option",
      contract: { symbol, expiry, strike, cp, monthly },
      tables: () => [this.optionTable(contract)],
    };
  }

  private optionTable(contract: PlannedContract): SampleTable {
    const { quirks } = this;
    const rows = contract.shape === "empty" ? new Rows(0) : Rows.concat(contract.days.map((day) => this.optionDay(contract, day)));
    if (contract.firstClock && rows.length > 0) {
      spoilFirstClock(rows, contract.firstClock);
      quirks.first_row_epoch_files++;
    }
    const table = contractTable(rows, { symbol: contract.symbol, option: contract, unit: contract.rank % 5 === 4 ? "ms" : "us" });
    switch (contract.shape) {
      case "empty":
        quirks.empty_files++;
        return table;
      case "eight_columns":
        quirks.eight_column_files++;
        return thinTable(table, false);
      case "volactual":
        quirks.volactual_files++;
        return thinTable(table, true);
      default:
        return table;
    }
  }

  private optionDay(contract: PlannedContract, day: SampleDay): Rows {
    const random = new Random(this.options.seed, contract.symbol, contract.expiry, contract.strike, contract.cp, day.date);
    const { open, close } = day.session;
    const endsEarly = contract.shape === "ends_early";
    if (endsEarly) this.quirks.ends_early_days++;
    const clean = instrumentRows({
      day, path: this.path(day), option: contract, expiryClose: this.expiryClose(contract.expiry), lot: this.lot(contract.expiry), step: this.step(day),
      cadence: cadenceOfExpiry(this.cadence, day.expiries.findIndex(({ date }) => date === contract.expiry)),
      subSecond: this.withQuirks && contract.rank % 4 === 1,
      until: endsEarly ? open + random.integer((close - open) >> 1, close - open - 600) : undefined,
    }, random);
    const thin = contract.shape === "eight_columns" || contract.shape === "volactual";
    return this.finish(clean, day, random, !thin);
  }

  /** Rows with their quirks; those of files that lack the columns are not counted. */
  private finish(clean: Rows, day: SampleDay, random: Random, count: boolean): Rows {
    const rows = this.withQuirks ? addRowQuirks(clean, random) : clean;
    if (this.withQuirks && count) countRowQuirks(rows, day.date * SECONDS_PER_DAY, day.session, this.quirks);
    return rows;
  }

  private spotFiles(): SampleFile[] {
    return this.days.map((day) => ({
      path: `spot/${this.symbol.toLowerCase()}/date=${isoDate(day.date)}.parquet`,
      kind: "spot",
      date: day.date,
      tables: () => [
        spotTable(day, this.path(day), this.symbol, this.cadence, new Random(this.options.seed, this.symbol, "spot", day.date), this.withQuirks ? this.quirks : undefined),
      ],
    }));
  }

  private futureFile(): SampleFile {
    const { symbol } = this;
    const months = this.options.rules.expiries(symbol).filter(({ monthly }) => monthly).map(({ date }) => date);
    const maker = this;
    function* tables(): Iterable<SampleTable> {
      for (const day of maker.days) for (const expiry of months.filter((date) => date >= day.date).slice(0, FUTURE_MONTHS)) yield maker.futureDay(day, expiry);
    }
    return { path: `${symbol.toLowerCase()}_futures.parquet`, kind: "future", tables };
  }

  private futureDay(day: SampleDay, expiry: DayNumber): SampleTable {
    const random = new Random(this.options.seed, this.symbol, "future", expiry, day.date);
    const clean = instrumentRows({
      day, path: this.path(day), expiryClose: this.expiryClose(expiry), lot: this.lot(expiry), step: this.step(day), cadence: this.cadence, subSecond: false,
    }, random);
    const rows = this.finish(clean, day, random, true);
    const { columns } = contractTable(rows, { symbol: futureName(this.symbol, expiry), unit: "us" });
    return { rows: rows.length, columns: [...columns, constantText("expiry", rows.length, isoDate(expiry))] };
  }

  private path(day: SampleDay): DayPath {
    const kept = this.paths.get(day.date);
    if (kept) return kept;
    const path = dayPath(day, this.symbol, this.options.seed);
    this.paths.set(day.date, path);
    if (this.paths.size > KEPT_PATHS) this.paths.delete(this.paths.keys().next().value!);
    return path;
  }

  private range(day: SampleDay): { low: number; high: number } {
    let low = Infinity;
    let high = 0;
    for (const value of this.path(day).spot) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
    return { low, high };
  }

  private expiryClose(expiry: DayNumber): number {
    const session = this.options.rules.session(expiry);
    if (session === undefined || session === "closed") throw new RangeError(`The market rules have no session on the expiry ${isoDate(expiry)}`);
    return expiry * SECONDS_PER_DAY + session.close;
  }

  private lot(expiry: DayNumber): number {
    const lot = this.options.rules.lotSize(this.symbol, expiry);
    if (lot === undefined) throw new RangeError(`The market rules have no lot size of ${this.symbol} for the expiry ${isoDate(expiry)}`);
    return lot;
  }

  private step(day: SampleDay): number {
    const step = this.options.rules.strikeStep(this.symbol, day.date);
    if (step === undefined) throw new RangeError(`The market rules have no strike step of ${this.symbol} on ${isoDate(day.date)}`);
    return step;
  }
}
