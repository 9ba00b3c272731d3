import { SECONDS_PER_DAY } from "../time.ts";
import type { Session } from "../market/types.ts";
import { ASK_PRICE, askColumn, BID_PRICE, bidColumn, BOOK_LEVELS, COL, type Rows } from "./rows.ts";

/** Every quirk of semantics §1 and of the user's folder, as counted in what was generated: rows, or files where the name says so. */
export const QUIRKS = [
  "pre_open_stale_price", "price_zero_live_book", "stale_last_trade", "epoch_timestamp", "null_timestamp", "epoch_ts", "no_clock",
  "crossed", "locked", "one_sided", "empty_book", "duplicate", "same_second", "sub_second", "out_of_order", "off_tick",
  "null_price", "nan_price", "infinite_price", "negative_price", "missing_volume", "missing_level", "missing_level_one_quantity",
  "at_close", "after_close", "gap_over_3s", "gap_over_30s", "spot_gap_over_30s",
  "spot_late_days", "ends_early_days", "first_row_epoch_files", "empty_files", "eight_column_files", "volactual_files",
  "upper_case_names", "other_style_names", "strikes_on_one_side",
] as const;
export type Quirk = (typeof QUIRKS)[number];
export type QuirkCounts = Record<Quirk, number>;

export function noQuirks(): QuirkCounts {
  return Object.fromEntries(QUIRKS.map((quirk) => [quirk, 0])) as QuirkCounts;
}

const YEAR_2000 = 946_684_800_000;
const STALE_TRADE_MS = SECONDS_PER_DAY * 1000;

/** Adds what one instrument's rows of one day show. */
export function countRowQuirks(rows: Rows, midnight: number, session: Session, counts: QuirkCounts): void {
  const c = rows.columns;
  let previous = -1;
  for (let r = 0; r < rows.length; r++) {
    countValues(rows, r, counts);
    const clock = usableClock(rows, r);
    if (clock === undefined) {
      counts.no_clock++;
      continue;
    }
    const second = Math.floor(clock / 1000) - midnight;
    const empty = !(c[BID_PRICE][r] > 0) && !(c[ASK_PRICE][r] > 0);
    if (second < session.open && c[COL.price][r] > 0 && empty) counts.pre_open_stale_price++;
    if (second === session.close) counts.at_close++;
    if (second > session.close) counts.after_close++;
    if (clock % 1000 !== 0) counts.sub_second++;
    if (previous >= 0) {
      const gap = second - Math.floor(previous / 1000) + midnight;
      if (clock < previous) counts.out_of_order++;
      else if (gap === 0) counts[sameAsBefore(rows, r) ? "duplicate" : "same_second"]++;
      if (second >= session.open && second < session.close && gap > 3) counts.gap_over_3s++;
      if (second >= session.open && second < session.close && gap > 30) counts.gap_over_30s++;
    }
    if (clock - c[COL.lastTradeTime][r] > STALE_TRADE_MS) counts.stale_last_trade++;
    previous = clock;
  }
}

function countValues(rows: Rows, r: number, counts: QuirkCounts): void {
  const c = rows.columns;
  const price = c[COL.price][r];
  const bid = rows.isNull(BID_PRICE, r) ? 0 : c[BID_PRICE][r];
  const ask = c[ASK_PRICE][r];
  const badTimestamp = c[COL.timestamp][r] < YEAR_2000;
  const badTs = c[COL.ts][r] < YEAR_2000 || rows.isNull(COL.ts, r);
  if (rows.isNull(COL.timestamp, r)) counts.null_timestamp++;
  else if (badTimestamp && !badTs) counts.epoch_timestamp++;
  else if (badTs && !badTimestamp) counts.epoch_ts++;
  if (bid > 0 && bid > ask && ask > 0) counts.crossed++;
  if (bid > 0 && bid === ask) counts.locked++;
  if (bid > 0 !== ask > 0) counts.one_sided++;
  if (!(bid > 0) && !(ask > 0)) counts.empty_book++;
  if (price === 0 && bid > 0 && ask > bid) counts.price_zero_live_book++;
  if (rows.isNull(COL.price, r)) counts.null_price++;
  else if (Number.isNaN(price)) counts.nan_price++;
  else if (price === Infinity) counts.infinite_price++;
  else if (price < 0) counts.negative_price++;
  if ((price > 0 && price < Infinity && offTick(price)) || offTick(bid)) counts.off_tick++;
  if (rows.isNull(COL.volume, r) || c[COL.volume][r] < 0) counts.missing_volume++;
  if (withoutQuantity(rows, r, bidColumn(0)) || withoutQuantity(rows, r, askColumn(0))) counts.missing_level_one_quantity++;
  for (let level = 1; level < BOOK_LEVELS; level++) {
    const [b, a] = [bidColumn(level), askColumn(level)];
    if (rows.isNull(b, r) || rows.isNull(a, r) || withoutQuantity(rows, r, b) || withoutQuantity(rows, r, a)) counts.missing_level++;
  }
}

function usableClock(rows: Rows, r: number): number | undefined {
  for (const column of [COL.timestamp, COL.ts]) {
    const ms = rows.columns[column][r];
    if (!rows.isNull(column, r) && ms >= YEAR_2000) return ms;
  }
  return undefined;
}

/** A level with a price but no quantity. */
function withoutQuantity(rows: Rows, r: number, column: number): boolean {
  return rows.columns[column + 1][r] > 0 && !(rows.columns[column][r] > 0);
}

function offTick(price: number): boolean {
  return Math.abs(price * 20 - Math.round(price * 20)) > 1e-6;
}

function sameAsBefore(rows: Rows, r: number): boolean {
  return rows.columns.every((column, c) => Object.is(column[r], column[r - 1]) && rows.isNull(c, r) === rows.isNull(c, r - 1));
}
