import { SECONDS_PER_DAY } from "../time.ts";
import type { Random } from "./random.ts";
import { ASK_PRICE, askColumn, BID_PRICE, bidColumn, BOOK_LEVELS, COL, type Rows } from "./rows.ts";

/** 1970-01-01T05:30, the epoch as a vendor in India writes it, in milliseconds. */
export const BOGUS_CLOCK = 19_800_000;

const FEWEST_ROWS = 300;
const ROWS_PER_QUIRK = 2500;
/** Rows at the head of a day (pre-open and the first quotes) that stay as they are. */
const HEAD = 8;

/** Changes a row's values only. */
const VALUE_QUIRKS: readonly ((rows: Rows, r: number, random: Random) => void)[] = [
  function epochTs(rows, r) { rows.columns[COL.ts][r] = BOGUS_CLOCK; },
  function epochTimestamp(rows, r) { rows.columns[COL.timestamp][r] = BOGUS_CLOCK; },
  function nullTimestamp(rows, r) { rows.setNull(COL.timestamp, r); },
  function noClock(rows, r) {
    rows.columns[COL.timestamp][r] = BOGUS_CLOCK;
    rows.setNull(COL.ts, r);
  },
  function crossed(rows, r) {
    const bids = rows.columns[BID_PRICE];
    const asks = rows.columns[ASK_PRICE];
    [bids[r], asks[r]] = [asks[r], bids[r]];
  },
  function locked(rows, r) { rows.columns[ASK_PRICE][r] = rows.columns[BID_PRICE][r]; },
  function oneSided(rows, r, random) { clearSide(rows, r, random.chance(0.5) ? bidColumn : askColumn); },
  function nullBid(rows, r) { rows.setNull(BID_PRICE, r); },
  function emptyBook(rows, r) {
    clearSide(rows, r, bidColumn);
    clearSide(rows, r, askColumn);
  },
  function offTickPrice(rows, r) { rows.columns[COL.price][r] += 0.02; },
  function offTickBid(rows, r) { rows.columns[BID_PRICE][r] = Math.max(0.03, rows.columns[BID_PRICE][r] - 0.02); },
  function nullPrice(rows, r) { rows.setNull(COL.price, r); },
  function nanPrice(rows, r) { rows.columns[COL.price][r] = NaN; },
  function infinitePrice(rows, r) { rows.columns[COL.price][r] = Infinity; },
  function negativePrice(rows, r) { rows.columns[COL.price][r] = -1; },
  function zeroPrice(rows, r) { rows.columns[COL.price][r] = 0; },
  function negativeVolume(rows, r) { rows.columns[COL.volume][r] = -1; },
  function nullVolume(rows, r) { rows.setNull(COL.volume, r); },
  function staleTrade(rows, r) { rows.columns[COL.lastTradeTime][r] -= 86 * SECONDS_PER_DAY * 1000; },
  function missingLevels(rows, r) {
    for (const column of [bidColumn(3), askColumn(4)]) for (let k = 0; k < 3; k++) rows.setNull(column + k, r);
    rows.columns[askColumn(2)][r] = 0;
  },
  function missingLevelOneQuantity(rows, r) { rows.columns[bidColumn(0)][r] = 0; },
  function sameSecond(rows, r) {
    rows.columns[COL.timestamp][r] = rows.columns[COL.timestamp][r - 1];
    rows.columns[COL.ts][r] = rows.columns[COL.ts][r - 1];
  },
];

/** Works every quirk of a row into one contract's day, at least once where it has three hundred rows; returns the rows in file order. */
export function addRowQuirks(rows: Rows, random: Random): Rows {
  if (rows.length < FEWEST_ROWS) return rows;
  const times = Math.max(1, Math.round(rows.length / ROWS_PER_QUIRK));
  const touched = new Uint8Array(rows.length);
  const pick = (): number => {
    for (;;) {
      const r = random.integer(HEAD, rows.length - 6);
      if (touched[r] || touched[r - 1]) continue;
      touched[r] = 1;
      return r;
    }
  };
  const copies = new Uint8Array(rows.length).fill(1);
  for (const seconds of [random.integer(5, 12), random.integer(35, 60)]) {
    for (let n = 0; n < times; n++) leaveOut(rows, copies, touched, pick(), seconds);
  }
  for (const quirk of VALUE_QUIRKS) for (let n = 0; n < times; n++) quirk(rows, pick(), random);
  for (let n = 0; n < times; n++) copies[pick()] = 2;

  const order: number[] = [];
  copies.forEach((count, r) => { for (let n = 0; n < count; n++) order.push(r); });
  for (let n = 0; n < times; n++) swapWithNext(rows, order, random);
  return rows.gather(Int32Array.from(order));
}

/** Marks the rows after `start` that fall into the next `seconds` as not to be written. */
function leaveOut(rows: Rows, copies: Uint8Array, touched: Uint8Array, start: number, seconds: number): void {
  const clock = rows.columns[COL.ts];
  for (let r = start + 1; r < rows.length - 4 && clock[r] - clock[start] < seconds * 1000; r++) {
    copies[r] = 0;
    touched[r] = 1;
  }
}

function swapWithNext(rows: Rows, order: number[], random: Random): void {
  const clock = rows.columns[COL.timestamp];
  for (let tries = 0; tries < 50; tries++) {
    const i = random.integer(HEAD, order.length - 6);
    const [a, b] = [order[i], order[i + 1]];
    if (clock[a] === BOGUS_CLOCK || clock[b] === BOGUS_CLOCK || clock[b] <= clock[a]) continue;
    order[i] = b;
    order[i + 1] = a;
    return;
  }
}

function clearSide(rows: Rows, r: number, column: (level: number) => number): void {
  for (let level = 0; level < BOOK_LEVELS; level++) for (let k = 0; k < 3; k++) rows.columns[column(level) + k][r] = 0;
}

/** The first row of many real files: `ts`, the clock, or both stand at the epoch. */
export function spoilFirstClock(rows: Rows, kind: "ts" | "timestamp" | "both"): void {
  if (rows.length === 0) return;
  if (kind !== "timestamp") rows.columns[COL.ts][0] = BOGUS_CLOCK;
  if (kind !== "ts") rows.columns[COL.timestamp][0] = BOGUS_CLOCK;
}
