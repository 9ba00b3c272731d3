/** Semantics §1: from the rows of files to the ticks of one instrument on one date, in order. */
import type { Bug } from "./bugs.ts";
import { bookOf, type Book } from "./book.ts";
import type { RawFile, RawRow } from "./read-folder.ts";
import type { SessionHours } from "./rules.ts";
import { notNegative, paise, price } from "./values.ts";

export type Zone = "ist-wall" | "utc";

/** One row with a usable clock. Prices in paise; null where the row has no valid value. */
export interface Tick {
  /** Nanoseconds of the IST wall clock since 1970: sub-second digits decide the order. */
  readonly clock: bigint;
  readonly path: string;
  readonly row: number;
  readonly date: string;
  readonly second: number;
  readonly price: number | null;
  /** Second from which the age of the price counts. */
  readonly priceSecond: number;
  readonly bid: number | null;
  readonly ask: number | null;
  /** Both sides present yet crossed or locked: no quote by the rules. */
  readonly crossed: boolean;
  /** The five levels of a row with a valid quote. */
  readonly book: Book | null;
  /** Cumulative, of the day. */
  readonly volume: number | null;
  readonly oi: number | null;
  /** The row as it is in the file. */
  readonly columns: RawRow;
}

const NS = 1_000_000_000n;
const DAY_NS = 86_400n * NS;
const YEAR_2000 = 946_684_800n * NS;
const IST_OFFSET = 19_800n * NS;

/** A clock as stored, in nanoseconds (as the reader gives typed ones) or as text; null where missing. */
function storedClock(value: unknown): bigint | null {
  if (typeof value === "bigint") return value;
  if (typeof value !== "string") return null;
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?Z?$/.exec(value);
  if (!match) return null;
  return BigInt(Date.parse(`${match[1]}T${match[2]}Z`)) * 1_000_000n + BigInt((match[3] ?? "").padEnd(9, "0"));
}

/** §1.1: `timestamp`; where it is missing or before 2000, `ts`; a row with neither is dropped. */
function clockOfRow(row: RawRow, bug?: Bug): bigint | null {
  const usable = (value: unknown) => {
    const clock = storedClock(value);
    return clock !== null && clock >= YEAR_2000 ? clock : null;
  };
  return usable(row.timestamp) ?? (bug === "bogus_clock_drops_row" ? null : usable(row.ts));
}

/** §1.2: one zone for all rows of a layout, from the share of clocks in market hours. */
export function measureZone(files: readonly RawFile[]): Zone {
  const seconds = files.slice(0, 200).flatMap((file) => file.rows.map((row) => clockOfRow(row)).filter((c) => c !== null).map((c) => Number((c % DAY_NS) / NS)));
  const share = (from: number, to: number) => seconds.filter((s) => s >= from && s <= to).length / seconds.length;
  const ist = share(32_400, 56_700) >= 0.95;
  const utc = share(12_600, 36_900) >= 0.95;
  if (ist && !utc) return "ist-wall";
  if (utc && !ist) return "utc";
  if (seconds.length === 0) return "ist-wall";
  throw new Error("The clock zone of these rows cannot be told");
}

/** §1.8: bars have open, high, low and close, no price, and a regular spacing of 60 s or more. Seconds of the span, or 0. */
export function barSpan(file: RawFile): number {
  if (file.rows.length < 2 || !file.rows.every((r) => r.close !== undefined && r.open !== undefined && r.price === undefined && r.bp0 === undefined)) return 0;
  const clocks = file.rows.map((row) => clockOfRow(row)).filter((c) => c !== null).map((c) => Number(c / NS));
  const steps = clocks.slice(1).map((c, i) => c - clocks[i]);
  const span = Math.min(...steps);
  return span >= 60 && steps.every((step) => step % span === 0) ? span : 0;
}

/** All ticks of the files of one instrument, in the order of §1.4: clock, path, row. */
export function ticksOf(files: readonly RawFile[], zone: Zone, bug?: Bug): Tick[] {
  const shift = zone === "utc" ? IST_OFFSET : 0n;
  const ticks: Tick[] = [];
  for (const file of files) {
    const span = barSpan(file);
    file.rows.forEach((row, index) => {
      const stored = clockOfRow(row, bug);
      if (stored === null) return;
      // A bar labelled by its start is known at the last second of its span.
      const clock = stored + shift + (span > 0 ? BigInt(span - 1) * NS : 0n);
      const second = Number((clock % DAY_NS) / NS);
      const dayStart = clock - (clock % DAY_NS);
      const date = new Date(Number(dayStart / 1_000_000n)).toISOString().slice(0, 10);
      const last = price(row.price !== undefined ? row.price : row.close);
      const bid = price(row.bp0);
      const ask = price(row.sp0);
      const isQuote = bid !== null && ask !== null && (bug === "crossed_book_is_a_quote" || bid < ask);
      const traded = storedClock(row.lastTradeTime);
      const tradedSecond = traded !== null && traded + shift >= dayStart && traded + shift <= clock ? Number(((traded + shift) % DAY_NS) / NS) : second;
      ticks.push({
        clock, path: file.path, row: index, date, second,
        price: last === null ? null : paise(last, bug),
        priceSecond: bug === "price_age_by_row" ? second : tradedSecond,
        bid: isQuote ? paise(bid, bug) : null,
        ask: isQuote ? paise(ask, bug) : null,
        crossed: bid !== null && ask !== null && bid >= ask,
        book: isQuote ? bookOf(row) : null,
        volume: notNegative(row.volume),
        oi: notNegative(row.oi),
        columns: row,
      });
    });
  }
  if (bug === "order_by_row") return ticks.sort((a, b) => (a.date !== b.date ? (a.date < b.date ? -1 : 1) : a.second - b.second));
  return ticks.sort((a, b) => (a.clock !== b.clock ? (a.clock < b.clock ? -1 : 1) : a.path !== b.path ? (a.path < b.path ? -1 : 1) : a.row - b.row));
}

/** §1.3: rows outside the session, in a break or exactly at the close are not used. */
export function inSession(tick: Tick, session: SessionHours, bug?: Bug): boolean {
  const inside = tick.second >= session.open && (tick.second < session.close || (bug === "close_second_is_inside" && tick.second === session.close));
  return inside && !session.breaks.some(([from, to]) => tick.second >= from && tick.second < to);
}
