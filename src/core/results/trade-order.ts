import { TRADE_COLUMN_NAMES, allocateTrades } from "./trade-builder.ts";
import type { TradeColumns } from "./types.ts";

/** Compares two rows of one date by the order of semantics §6: variant, ts_entry, position_id, leg_id. */
function compareRows(trades: TradeColumns, a: number, b: number): number {
  return (
    trades.variant[a] - trades.variant[b] ||
    trades.tsEntry[a] - trades.tsEntry[b] ||
    trades.positionId[a] - trades.positionId[b] ||
    trades.legId[a] - trades.legId[b]
  );
}

/** The trades of one date in the order of semantics §6; the same table when they already stand so. */
export function orderDayTrades(trades: TradeColumns): TradeColumns {
  let row = 1;
  while (row < trades.length && compareRows(trades, row - 1, row) <= 0) row++;
  if (row >= trades.length) return trades;
  const order = new Uint32Array(trades.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  order.sort((a, b) => compareRows(trades, a, b));
  const sorted = allocateTrades(trades.length);
  for (const name of TRADE_COLUMN_NAMES) {
    const from = trades[name];
    const into = sorted[name];
    for (let i = 0; i < order.length; i++) into[i] = from[order[i]];
  }
  return sorted;
}

/**
 * Joins days, each in the order of `orderDayTrades` and all in date order, into one table ordered by variant, then date.
 * Position ids, which count from 1 per variant and day, become run-wide.
 */
export function joinDays(days: readonly TradeColumns[], variants: number): TradeColumns {
  const next = new Uint32Array(variants);
  let rows = 0;
  for (const day of days) {
    rows += day.length;
    for (let row = 0; row < day.length; row++) next[day.variant[row]]++;
  }
  for (let variant = 0, start = 0; variant < variants; variant++) {
    const count = next[variant];
    next[variant] = start;
    start += count;
  }
  const joined = allocateTrades(rows);
  const positionsBefore = new Uint32Array(variants);
  for (const day of days) {
    // A day holds each variant's rows in one stretch, so they are copied as one.
    for (let start = 0, end = 0; start < day.length; start = end) {
      const variant = day.variant[start];
      end = endOfVariant(day, start);
      const target = next[variant];
      for (const name of TRADE_COLUMN_NAMES) joined[name].set(day[name].subarray(start, end), target);
      let positions = 0;
      for (let row = start; row < end; row++) {
        positions = Math.max(positions, day.positionId[row]);
        joined.positionId[target + row - start] += positionsBefore[variant];
      }
      positionsBefore[variant] += positions;
      next[variant] += end - start;
    }
  }
  return joined;
}

/** The row after the last one of the variant that starts at `start`. */
export function endOfVariant(trades: TradeColumns, start: number): number {
  let end = start + 1;
  while (end < trades.length && trades.variant[end] === trades.variant[start]) end++;
  return end;
}

/** First row and row after the last of each variant, in order; an empty range where a variant has no trade. */
export function variantRanges(trades: TradeColumns, variants: number): readonly (readonly [start: number, end: number])[] {
  let row = 0;
  return Array.from({ length: variants }, (_, variant) => {
    const start = row;
    if (row < trades.length && trades.variant[row] === variant) row = endOfVariant(trades, row);
    return [start, row] as const;
  });
}
