/** Makes a small market with every quirk of semantics §1: coarse prices, so that ties and exact thresholds are common. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Random } from "../../src/core/sample/random.ts";
import type { Row } from "../golden/row-text.ts";
import { writeRows, type FileRows } from "../golden/write-files.ts";
import { ERAS, type Era } from "./eras.ts";

export const QUIRKS = [
  "bogus_timestamp", "null_timestamp", "bogus_ts", "bad_clock", "pre_open", "at_the_close", "in_a_break", "sub_second", "same_clock", "exact_duplicate", "out_of_order",
  "crossed", "locked", "one_sided", "empty_book", "no_price", "nan_price", "negative_price", "off_tick", "half_paisa", "no_quantity",
  "old_last_trade", "traded_before", "traded_after", "gap", "spot_gap", "spot_bad_price", "late_start", "only_pre_open", "only_at_the_close", "missing_side", "thin_side", "absent_contract", "absent_expiry",
  "empty_file", "broken_file", "far_broken_file", "no_spot_file", "future_file", "utc_clocks", "other_symbol", "second_name",
  "volume_missing", "volume_backwards", "thin_depth", "level_without_quantity", "vix_file", "greek_columns", "continuous_future",
] as const;
export type Quirk = (typeof QUIRKS)[number];

export interface Market {
  readonly era: Era;
  readonly quirks: ReadonlyMap<Quirk, number>;
  readonly files: readonly FileRows[];
  /** Paths that hold no Parquet at all. */
  readonly broken: readonly string[];
  /** Milliseconds to add to the written clocks for IST digits. */
  readonly shift: number;
}

const BOGUS = 19_800_000;
const IST = 19_800_000;
/** Where pre-open rows begin. */
const PRE_OPEN = 9 * 3600 + 12 * 60;

class Quirks {
  readonly seen = new Map<Quirk, number>();
  constructor(private readonly random: Random) {}

  /** Whether a quirk happens here; it is counted when it does. */
  chance(quirk: Quirk, probability: number): boolean {
    const happens = this.random.chance(probability);
    if (happens) this.count(quirk);
    return happens;
  }

  count(quirk: Quirk): void {
    this.seen.set(quirk, (this.seen.get(quirk) ?? 0) + 1);
  }
}

function pick<T>(random: Random, items: readonly T[]): T {
  return items[random.integer(0, items.length - 1)];
}

function midnight(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}

/** Spot per second of the active stretches: multiples of a quarter step that wander around the centre. */
function spotPath(era: Era, random: Random): Map<number, number> {
  const quarter = era.step / 4;
  const path = new Map<number, number>();
  let quarters = random.integer(-4, 4);
  for (const [from, to] of era.stretches) {
    for (let second = from; second < to + (era.spill ?? 0); second++) {
      if (random.chance(0.08)) quarters += pick(random, quarters > 5 ? [-1, -2, -4] : quarters < -5 ? [1, 2, 4] : [-4, -2, -1, 1, 2, 4]);
      path.set(second, era.center + quarters * quarter);
    }
  }
  return path;
}

/** Rupees, a multiple of 0.5: intrinsic value and a tent of time value. */
function fairValue(era: Era, spot: number, strike: number, cp: "CE" | "PE", months: number): number {
  const intrinsic = Math.max(0, cp === "CE" ? spot - strike : strike - spot);
  const tent = Math.max(4, era.step * (1 + 0.4 * months) - Math.abs(spot - strike) * 0.4);
  return intrinsic + Math.round(tent * 2) / 2;
}

function inBreak(date: string, second: number): boolean {
  return date === "2024-03-02" && second >= 36_000 && second < 41_400;
}

/** Greeks as columns, and the book of the future, from a source of chance of their own. */
class Extras {
  private readonly hasGreeks: boolean;

  constructor(
    private readonly random: Random,
    private readonly quirks: Quirks,
    private readonly era: Era,
  ) {
    this.hasGreeks = random.chance(0.6);
    if (this.hasGreeks) quirks.count("greek_columns");
  }

  /** Coarse, so that two contracts are often alike. */
  greeks(): Record<string, number | null> {
    const { random } = this;
    if (!this.hasGreeks) return {};
    const value = (most: number, step: number) => (random.chance(0.05) ? pick(random, [null, NaN]) : round(random.integer(-most, most) * step));
    return { iv: value(8, 2.5), delta: value(10, 0.1), gamma: value(4, 0.0005), theta: value(6, 20), vega: value(6, 4) };
  }

  /** Whether the future's file is that of the nearest month, whichever it is. */
  continuous(): boolean {
    const is = this.random.chance(0.3);
    if (is) this.quirks.count("continuous_future");
    return is;
  }

  /** Around the last price. */
  futureBook(price: number | null): Record<string, number | null> {
    const { random, era } = this;
    if (price === null || !(price > 0) || random.chance(0.05)) return {};
    const half = pick(random, [0.5, 1, 2.5]);
    const quantity = () => (random.chance(0.03) ? null : era.lot * random.integer(1, 6));
    return { bp0: price - half, sp0: price + half, bq0: quantity(), sq0: quantity(), bp1: price - half - 1, sp1: price + half + 1, bq1: quantity(), sq1: quantity() };
  }
}

/** Volume, open interest and the levels behind the first, from a source of chance of their own. */
class Depth {
  constructor(
    private readonly random: Random,
    private readonly quirks: Quirks,
    private readonly era: Era,
    private readonly extras: Extras,
  ) {}

  private chance(quirk: Quirk, probability: number): boolean {
    if (!this.random.chance(probability)) return false;
    this.quirks.count(quirk);
    return true;
  }

  /** Adds columns to the rows of one contract on one date, in their order. */
  contract(): (row: Row) => Row {
    const { random, era } = this;
    let traded = random.chance(0.3) ? 0 : era.lot * random.integer(1, 40);
    let interest = 1000;
    return (row) => {
      if (random.chance(0.4)) traded += era.lot * random.integer(1, 6);
      if (random.chance(0.2)) interest = Math.max(0, interest + pick(random, [-100, -50, 50, 100]));
      const volume = this.chance("volume_missing", 0.03) ? pick(random, [null, -1, NaN]) : this.chance("volume_backwards", 0.02) ? Math.max(0, traded - era.lot) : traded;
      const more: Record<string, number | null> = { volume, oi: random.chance(0.03) ? null : interest, avgPrice: row.price === null ? null : row.price + pick(random, [-1, 0, 0.35]), bo0: random.integer(1, 5), changeper: pick(random, [-2.5, 0, 1.25]), ...this.extras.greeks() };
      const thin = this.chance("thin_depth", 0.15);
      for (const [side, at, away] of [["b", row.bid, -1], ["s", row.ask, 1]] as const) {
        for (const level of [0, 1, 2]) {
          const quantity = this.chance("level_without_quantity", 0.05) ? pick(random, [0, null]) : era.lot * (thin ? 1 : random.integer(1, 5));
          if (row.quantity !== null && at !== null && at > 0) more[`${side}q${level}`] = quantity;
          if (level > 0 && at !== null && at > 0) more[`${side}p${level}`] = random.chance(0.03) ? 0 : Math.max(0.05, round(at + away * level * pick(random, [0.05, 0.25])));
        }
      }
      return { ...row, more };
    };
  }

  future(): (row: Row) => Row {
    const { random, era, extras } = this;
    let volume = 0;
    return (row) => {
      volume += era.lot * random.integer(0, 3);
      return { ...row, more: { volume, oi: 5000 + 50 * random.integer(0, 4), ...extras.futureBook(row.price) } };
    };
  }

  /** Turns rows of spot into rows of India VIX, on most markets. */
  vix(): ((row: Row) => Row) | undefined {
    const { random } = this;
    if (!this.chance("vix_file", 0.6)) return undefined;
    return (row) => ({ ...row, price: row.price !== null && row.price > 0 ? 12 + random.integer(0, 8) / 4 : row.price });
  }
}

class MarketMaker {
  private readonly random: Random;
  private readonly quirks: Quirks;
  private readonly extras: Extras;
  /** What stands beside price and quote. */
  private readonly depth: Depth;
  private readonly spots = new Map<string, Map<number, number>>();
  private readonly shift: number;

  constructor(readonly era: Era, seed: number) {
    this.random = new Random("market", seed);
    this.quirks = new Quirks(this.random);
    this.extras = new Extras(new Random("extras", seed), this.quirks, era);
    this.depth = new Depth(new Random("depth", seed), this.quirks, era, this.extras);
    for (const date of era.dates) this.spots.set(date, spotPath(era, this.random));
    const canBeUtc = era.stretches.every(([, to]) => to < 14 * 3600 + 600) && era.stretches[0][0] > 9 * 3600 + 2000;
    this.shift = canBeUtc && this.quirks.chance("utc_clocks", 0.25) ? IST : 0;
  }

  private row(milliseconds: number): Row {
    const clock = milliseconds - this.shift;
    return { timestamp: clock, ts: clock, lastTradeTime: null, price: null, bid: null, ask: null, quantity: 75 };
  }

  private withClockQuirks(row: Row): Row {
    const { quirks } = this;
    if (quirks.chance("bogus_timestamp", 0.012)) return { ...row, timestamp: BOGUS };
    if (quirks.chance("null_timestamp", 0.006)) return { ...row, timestamp: null };
    if (quirks.chance("bogus_ts", 0.02)) return { ...row, ts: BOGUS };
    if (quirks.chance("bad_clock", 0.006)) return { ...row, timestamp: BOGUS, ts: BOGUS };
    return row;
  }

  private withBook(row: Row, fair: number): Row {
    const { random, quirks } = this;
    const mid = fair + pick(random, [-0.5, 0, 0, 0.5]);
    const half = pick(random, [0.05, 0.25, 0.25, 0.5, 0.5, 1]);
    const bid = Math.max(0.05, Math.round((mid - half) * 20) / 20);
    const ask = Math.max(bid + 0.05, Math.round((mid + half) * 20) / 20);
    const clean = { ...row, bid: round(bid), ask: round(ask) };
    if (quirks.chance("crossed", 0.02)) return { ...row, bid: clean.ask, ask: clean.bid };
    if (quirks.chance("locked", 0.01)) return { ...row, bid: clean.bid, ask: clean.bid };
    if (quirks.chance("one_sided", 0.03)) return random.chance(0.5) ? { ...clean, bid: pick(random, [0, null]) } : { ...clean, ask: pick(random, [0, null, -1]) };
    if (quirks.chance("empty_book", 0.02)) return { ...row, bid: 0, ask: 0 };
    if (quirks.chance("off_tick", 0.02)) return { ...clean, bid: round(clean.bid + 0.02), ask: round(clean.ask + 0.03) };
    if (quirks.chance("half_paisa", 0.02)) return { ...clean, bid: round(clean.bid + 0.005), ask: round(clean.ask + 0.015) };
    if (quirks.chance("no_quantity", 0.02)) return { ...clean, quantity: null };
    return clean;
  }

  private withPrice(row: Row, fair: number, milliseconds: number): Row {
    const { random, quirks } = this;
    if (quirks.chance("no_price", 0.04)) return { ...row, price: pick(random, [0, null]) };
    if (quirks.chance("nan_price", 0.01)) return { ...row, price: NaN };
    if (quirks.chance("negative_price", 0.01)) return { ...row, price: -5 };
    const price = round(Math.max(0.05, fair + pick(random, [-1, -0.5, 0, 0, 0.5, 1])));
    const traded = (clock: number) => ({ ...row, price, lastTradeTime: clock - this.shift });
    if (quirks.chance("old_last_trade", 0.05)) return traded(milliseconds - 80 * 86_400_000);
    if (quirks.chance("traded_before", 0.1)) return traded(milliseconds - random.integer(1, 8) * 1000);
    if (quirks.chance("traded_after", 0.03)) return traded(milliseconds + 5000);
    return { ...row, price };
  }

  /** Rows of one option contract on one date, roughly in order. */
  private contractRows(date: string, strike: number, cp: "CE" | "PE", months: number): Row[] {
    const { random, quirks, era } = this;
    const spot = this.spots.get(date)!;
    const near = Math.abs(strike - era.center) <= era.step;
    const rate = near ? 0.6 : 0.2;
    const rows: Row[] = [];
    const day = midnight(date);
    const add = (second: number, milliseconds: number, fair: number) => {
      const clock = day + second * 1000 + milliseconds;
      rows.push(more(this.withClockQuirks(this.withPrice(this.withBook(this.row(clock), fair), fair, clock))));
    };
    const more = this.depth.contract();
    if (quirks.chance("pre_open", 0.5)) for (let i = 0; i < 3; i++) add(PRE_OPEN + 59 * i + 61, 0, 7);
    const atTheClose = () => add(date >= "2026-08-03" ? 56_400 : date === "2024-03-02" ? 45_000 : 55_800, 0, 3);
    if (quirks.chance("only_pre_open", 0.06)) return rows;
    if (quirks.chance("only_at_the_close", 0.03)) {
      atTheClose();
      return rows;
    }
    const start = quirks.chance("late_start", 0.1) ? random.integer(20, 60) : 0;
    const gapFrom = era.stretches[0][0] + random.integer(30, 300);
    const gapLength = quirks.chance("gap", 0.5) ? random.integer(10, 70) : 0;
    for (const [from, to] of era.stretches) {
      for (let second = from + (from === era.stretches[0][0] ? start : 0); second < to + (era.spill ?? 0); second++) {
        if (second >= gapFrom && second < gapFrom + gapLength) continue;
        if (!random.chance(rate)) continue;
        if (inBreak(date, second)) quirks.count("in_a_break");
        const fair = fairValue(era, spot.get(second)!, strike, cp, months);
        add(second, random.chance(0.5) ? 0 : random.integer(1, 400), fair);
        if (quirks.chance("sub_second", 0.08)) add(second, random.integer(500, 999), fair + 1);
        if (quirks.chance("same_clock", 0.03)) rows.push({ ...this.withBook(rows.at(-1)!, fair + 2) });
        if (quirks.chance("exact_duplicate", 0.02)) rows.push(rows.at(-1)!);
      }
    }
    if (quirks.chance("at_the_close", 0.3)) atTheClose();
    for (let i = 1; i < rows.length; i++) if (quirks.chance("out_of_order", 0.01)) [rows[i - 1], rows[i]] = [rows[i], rows[i - 1]];
    return rows;
  }

  private seriesRows(date: string, basis: number, more: (row: Row) => Row = (row) => row): Row[] {
    const { random, quirks, era } = this;
    const rows: Row[] = [];
    const day = midnight(date);
    const gapFrom = era.stretches[0][0] + random.integer(10, 200);
    const gapLength = quirks.chance("spot_gap", 0.4) ? random.integer(32, 70) : 0;
    for (const [second, value] of this.spots.get(date)!) {
      if ((second >= gapFrom && second < gapFrom + gapLength) || !random.chance(0.6)) continue;
      const row = this.row(day + second * 1000 + (random.chance(0.5) ? 0 : 300));
      rows.push(more(this.withClockQuirks({ ...row, price: quirks.chance("spot_bad_price", 0.03) ? pick(random, [0, null, NaN, -1]) : value + basis })));
    }
    return rows;
  }

  make(): Market {
    const { random, quirks, era } = this;
    const files: FileRows[] = [];
    const broken: string[] = [];
    const isBroken = quirks.chance("broken_file", 0.15);
    const brokenExpiry = pick(random, era.expiries);
    const brokenStrike = era.center + random.integer(-2, 2) * era.step;
    const prefix = era.symbol.toLowerCase();
    const absentExpiry = quirks.chance("absent_expiry", 0.4) ? pick(random, era.dates) : "";
    const thinSide = quirks.chance("thin_side", 0.2) ? pick(random, ["CE", "PE"]) : "";
    const strikes = Array.from({ length: 7 }, (_, i) => era.center + (i - 3) * era.step);
    era.expiries.forEach((expiry, months) => {
      for (const strike of strikes) {
        for (const cp of ["CE", "PE"] as const) {
          const isMissing = quirks.chance("missing_side", cp === thinSide ? 0.5 : 0.08);
          const name = (token: string) => `options/${prefix}${token}${strike}${cp.toLowerCase()}.parquet`;
          if (isBroken && expiry === brokenExpiry && strike === brokenStrike && cp === "CE") {
            broken.push(name(expiry.token));
            continue;
          }
          if (isMissing) continue;
          const dates = era.dates.filter((date) => date <= expiry.date && !(months === 0 && date === absentExpiry) && !quirks.chance("absent_contract", 0.04));
          const rows = dates.flatMap((date) => this.contractRows(date, strike, cp, months));
          if (expiry.token === "23907" && rows.length > 4 && quirks.chance("second_name", 0.5)) {
            const cut = random.integer(1, rows.length - 2);
            files.push({ path: name("23906"), rows: rows.filter((_, i) => i >= cut || i % 7 === 0) });
            files.push({ path: name("23907"), rows: rows.slice(0, cut) });
          } else files.push({ path: name(expiry.token), rows });
        }
      }
    });
    const far = (token: string) => `options/${prefix}${token}${era.center + 9 * era.step}ce.parquet`;
    if (quirks.chance("empty_file", 0.5)) files.push({ path: far(era.expiries[0].token), rows: [] });
    if (quirks.chance("far_broken_file", 0.15)) broken.push(far(era.expiries[0].token).replace("ce.", "pe."));
    if (quirks.chance("other_symbol", 0.5)) {
      const other = era.symbol === "NIFTY" ? "banknifty" : "nifty";
      files.push({ path: `options/${other}24aug20000ce.parquet`, rows: this.contractRows(era.dates[0], era.center, "CE", 0) });
    }
    if (!quirks.chance("no_spot_file", 0.35)) {
      const dates = era.dates.filter(() => !random.chance(0.15));
      files.push({ path: `${prefix}_spot.parquet`, rows: dates.flatMap((date) => this.seriesRows(date, 0)) });
    }
    if (quirks.chance("future_file", 0.4)) {
      const monthly = era.expiries.find((e) => /[a-z]{3}$/.test(e.token));
      const name = this.extras.continuous() ? `${prefix.toUpperCase()}-I` : `${prefix}${monthly?.token}fut`;
      if (monthly) files.push({ path: `${name}.parquet`, rows: era.dates.filter((d) => d <= monthly.date).flatMap((date) => this.seriesRows(date, era.step * 0.3, this.depth.future())) });
    }
    const vix = this.depth.vix();
    if (vix) files.push({ path: "india_vix.parquet", rows: era.dates.flatMap((date) => this.seriesRows(date, 0, vix)) });
    return { era, quirks: quirks.seen, files, broken, shift: this.shift };
  }
}

/** Rupees free of binary dust. */
function round(rupees: number): number {
  return Math.round(rupees * 1000) / 1000;
}

export function eraOf(seed: number): Era {
  return ERAS[seed % ERAS.length];
}

export function marketOf(seed: number): Market {
  return new MarketMaker(eraOf(seed), seed).make();
}

export function writeMarket(folder: string, { files, broken }: Pick<Market, "files" | "broken">): void {
  for (const file of files) writeRows(folder, file);
  for (const path of broken) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), "this is no Parquet file, though its name says so");
  }
}
