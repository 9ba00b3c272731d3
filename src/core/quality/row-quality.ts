/**
 * What can be said against one row of market data (semantics §1), one bit each. Told once, here: data health counts them, "show the
 * bad rows" lists them, and the SQL console's `quality` column adds them up. A row of quality 0 has nothing against it. Flags of the
 * book and of the price are set inside the session only: before the open every book is empty.
 */
export const ROW_QUALITY = {
  /** Neither `timestamp` nor `ts` is a clock from 2000 on: the row belongs to no date. */
  bad_clock: 1,
  /** `timestamp` is missing or before 2000, and `ts` stands in for it. */
  clock_from_ts: 2,
  /** Outside the session of its date, or in a break of it. */
  out_of_session: 4,
  /** Its clock is behind that of the row before it in the file. */
  out_of_order: 8,
  /** Equal in every column to an earlier row of the same file, contract and clock. */
  duplicate: 16,
  /** Both sides of the book, and the bid above the ask. */
  crossed: 32,
  /** Both sides of the book, and the bid equal to the ask. */
  locked: 64,
  /** One side of the book or both missing, or not above 0. */
  one_sided: 128,
  /** The last price is 0: not traded yet. */
  zero_price: 256,
  /** The last price is missing, not finite, or below 0. */
  bad_price: 512,
  /** The last price, the bid or the ask is no multiple of the tick. */
  off_tick: 1024,
  /** Cumulative volume below that of the row before it on the same date, both valid. */
  volume_falls: 2048,
} as const;

export type RowFlag = keyof typeof ROW_QUALITY;

/** In the order of their bits. */
export const ROW_FLAGS = Object.keys(ROW_QUALITY) as readonly RowFlag[];

/** Each flag in a few words, for tables and messages. */
export const ROW_FLAG_WORDS: Readonly<Record<RowFlag, string>> = {
  bad_clock: "no usable clock",
  clock_from_ts: "clock taken from ts",
  out_of_session: "outside the session",
  out_of_order: "out of order",
  duplicate: "duplicate",
  crossed: "crossed book",
  locked: "locked book",
  one_sided: "one side of the book or both missing",
  zero_price: "price 0",
  bad_price: "no valid price",
  off_tick: "price off the tick",
  volume_falls: "volume falls",
};

/** The flags of a row, in the order of their bits. */
export function flagsOf(quality: number): readonly RowFlag[] {
  return ROW_FLAGS.filter((flag) => (quality & ROW_QUALITY[flag]) !== 0);
}
