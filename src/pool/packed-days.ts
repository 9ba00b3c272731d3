/** Days on their way between workers: the trades of all of them in one buffer, since every buffer that moves takes its time. */
import { transfer } from "comlink";
import { allocateTrades, sliceTrades, TRADE_COLUMN_NAMES, TRADE_COLUMN_TYPES } from "../core/results/trade-builder.ts";
import type { DayOutcome, TradeColumns } from "../core/results/types.ts";

export interface PackedDays {
  readonly outcomes: readonly Omit<DayOutcome, "trades">[];
  /** Of all outcomes, one after another. */
  readonly trades: TradeColumns;
  /** How many of them are of each outcome. */
  readonly counts: readonly number[];
}

const ROW_BYTES = TRADE_COLUMN_NAMES.reduce((sum, name) => sum + TRADE_COLUMN_TYPES[name].BYTES_PER_ELEMENT, 0);
/** Columns of wide numbers first, so that every one of them is aligned whatever the number of rows. */
const BY_WIDTH = [...TRADE_COLUMN_NAMES].sort((a, b) => TRADE_COLUMN_TYPES[b].BYTES_PER_ELEMENT - TRADE_COLUMN_TYPES[a].BYTES_PER_ELEMENT);

/** Made to be moved: the receiver takes the buffer over. */
export function packDays(days: readonly DayOutcome[]): PackedDays {
  const counts = days.map(({ trades }) => trades.length);
  const length = counts.reduce((sum, count) => sum + count, 0);
  const buffer = new ArrayBuffer(length * ROW_BYTES);
  let offset = 0;
  const columns = Object.fromEntries(
    BY_WIDTH.map((name) => {
      const column = new TRADE_COLUMN_TYPES[name](buffer, offset, length);
      offset += column.byteLength;
      return [name, column];
    }),
  ) as unknown as Omit<TradeColumns, "length">;
  let row = 0;
  for (const { trades } of days) {
    if (trades.length === 0) continue;
    for (const name of TRADE_COLUMN_NAMES) columns[name].set(trades[name], row);
    row += trades.length;
  }
  const outcomes = days.map(({ trades: _, ...outcome }) => outcome);
  return transfer({ outcomes, counts, trades: { length, ...columns } }, [buffer]);
}

export function unpackDays({ outcomes, trades, counts }: PackedDays): DayOutcome[] {
  let row = 0;
  return outcomes.map((outcome, i) => ({ ...outcome, trades: counts[i] === 0 ? allocateTrades(0) : sliceTrades(trades, row, (row += counts[i])) }));
}
