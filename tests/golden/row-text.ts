/** Rows of golden cases as one line of text each, so that a case can be read and worked out by hand. */

/**
 * `CLOCK [BID/ASK] [pPRICE] [ltt=CLOCK] [ts=CLOCK] [q-] [COLUMN=VALUE]…`, rupees; a side or price may be `-` (missing), `0`, `NaN`, `-1`.
 * A clock is `HH:MM:SS[.mmm]` of the case's date, `YYYY-MM-DDTHH:MM:SS`, `bogus` (1970-01-01T05:30) or `null`.
 * Without `ts=` the ingest clock repeats the clock; `q-` leaves the level-1 quantities out.
 * Any other column of the file is written by its name: `volume=120 oi=900 bp1=98 bq1=75 bo0=3`; `bq0=` and `sq0=` replace the quantity.
 */
export interface Row {
  /** Milliseconds since 1970 of the clock's digits; null where missing. */
  readonly timestamp: number | null;
  readonly ts: number | null;
  readonly lastTradeTime: number | null;
  readonly price: number | null;
  readonly bid: number | null;
  readonly ask: number | null;
  readonly quantity: number | null;
  /** Further columns by name. */
  readonly more?: Readonly<Record<string, number | null>>;
}

const BOGUS = 19_800_000;

function clock(text: string, date: string): number | null {
  if (text === "null") return null;
  if (text === "bogus") return BOGUS;
  return Date.parse(`${text.includes("T") ? text : `${date}T${text}`}Z`);
}

function amount(text: string): number | null {
  return text === "-" ? null : Number(text);
}

export function parseRow(line: string, date: string): Row {
  const [first, ...words] = line.trim().split(/\s+/);
  const timestamp = clock(first, date);
  let row: Row = { timestamp, ts: timestamp, lastTradeTime: null, price: null, bid: null, ask: null, quantity: 75 };
  for (const word of words) {
    if (word.startsWith("ts=")) row = { ...row, ts: clock(word.slice(3), date) };
    else if (word.startsWith("ltt=")) row = { ...row, lastTradeTime: clock(word.slice(4), date) };
    else if (/^\w+=/.test(word)) {
      const [column, value] = word.split("=");
      row = { ...row, more: { ...row.more, [column]: amount(value) } };
    } else if (word === "q-") row = { ...row, quantity: null };
    else if (word.startsWith("p")) row = { ...row, price: amount(word.slice(1)) };
    else if (word.includes("/")) {
      const [bid, ask] = word.split("/");
      row = { ...row, bid: amount(bid), ask: amount(ask) };
    } else throw new Error(`"${word}" in "${line}" is no part of a row`);
  }
  return row;
}
