/** What a day's rows say was decided and filled by a moment, apart from what came of it later: the look-ahead check compares nothing else. */
import { blocksOf } from "../strategy/compile.ts";
import type { StrategyVariant } from "../strategy/types.ts";
import { formatClock, parseClock, type Second } from "../time.ts";
import { TRADE_FIELDS, type TradeField } from "./trade-text.ts";

type Row = readonly string[];

/** Trades in the order of TRADE_FIELDS, skips in that of skips.csv. Of one date. */
export interface DayRows {
  readonly trades: readonly Row[];
  readonly skips: readonly Row[];
}

const cell = (row: Row, name: TradeField): string => row[TRADE_FIELDS.indexOf(name)];
const clock = (row: Row, name: TradeField): string => cell(row, name).slice(11);

/** Seconds of the day at which something was decided or an entry was filled, ascending. */
export function decisionSeconds({ trades, skips }: DayRows): Second[] {
  const clocks = [...trades.flatMap((row) => [clock(row, "decision_entry"), clock(row, "ts_entry"), clock(row, "decision_exit")]), ...skips.map((row) => row[2].slice(11))];
  return [...new Set(clocks)].sort().map((text) => parseClock(text)!);
}

/** One sentence for each thing that had happened by then. */
export function decidedBy(rows: DayRows, second: Second, variants: readonly StrategyVariant[]): string[] {
  const moment = formatClock(second);
  const events = rows.trades.flatMap((row) => {
    if (clock(row, "ts_entry") > moment) return [];
    const exit = clock(row, "decision_exit") <= moment ? [`${name(row)}: exit decided ${clock(row, "decision_exit")}, ${cell(row, "reason_exit")}`] : [];
    const closed = exit.length > 0 && clock(row, "ts_exit") <= moment ? [`${name(row)}: closed ${clock(row, "ts_exit")} at ${cell(row, "exit_px")}, P&L ${cell(row, "pnl")}, fees ${cell(row, "fees")}`] : [];
    return [`${name(row)}: ${contract(row)}, decided ${clock(row, "decision_entry")}, ${cell(row, "reason_entry")}, filled ${clock(row, "ts_entry")} at ${cell(row, "entry_px")}`, ...exit, ...closed];
  });
  return [...events, ...variants.flatMap((variant) => skipsBy(rows, second, variant))];
}

/**
 * Orders to enter that are decided and not filled by then: what they are for has to be the same wherever they fill at all. An order
 * that no price comes to may lapse, and then says nothing.
 */
export function orderedBy(whole: DayRows, hidden: DayRows, second: Second): { readonly whole: string[]; readonly hidden: string[] } {
  const moment = formatClock(second);
  const key = (row: Row): string => ["variant", "decision_entry", "leg_id", "reason_entry"].map((field) => cell(row, field as TradeField)).join(" ");
  const pending = whole.trades.filter((row) => clock(row, "decision_entry") <= moment && clock(row, "ts_entry") > moment);
  const pairs = pending.flatMap((row) => {
    const filled = hidden.trades.find((other) => key(other) === key(row));
    return filled ? [[row, filled]] : [];
  });
  const words = (row: Row): string => `${cell(row, "variant")}, leg ${cell(row, "leg_id")}: order for ${contract(row)}, decided ${clock(row, "decision_entry")}`;
  return { whole: pairs.map(([row]) => words(row)), hidden: pairs.map(([, row]) => words(row)) };
}

function name(row: Row): string {
  return `${cell(row, "variant")}, position ${cell(row, "position_id")}, leg ${cell(row, "leg_id")}`;
}

function contract(row: Row): string {
  return `${cell(row, "side")} ${cell(row, "qty")} ${[cell(row, "strike"), cell(row, "cp")].filter((text) => text !== "").join(" ")} of ${cell(row, "expiry")}`;
}

/**
 * Skips whose waiting had ended by then: an order's, or after a rebalance's last closing fill. Where legs wait, re-enter or roll, a
 * skip is dated long before it is known; then none is compared.
 */
function skipsBy({ trades, skips }: DayRows, second: Second, { name: variant, strategy }: StrategyVariant): string[] {
  const legs = blocksOf(strategy).flatMap((block) => block.legs);
  if (strategy.entry.reentry !== null || strategy.adjust !== null || legs.some(({ wait, reentry }) => wait !== null || reentry !== null)) return [];
  const limit = formatClock(Math.max(0, second - strategy.fill.latency - strategy.fill.patience));
  const closed = (decided: string): string[] => trades.filter((row) => cell(row, "variant") === variant && cell(row, "decision_exit") === decided).map((row) => clock(row, "ts_exit"));
  return skips.filter(([of, , first]) => of === variant && [first.slice(11), ...closed(first)].every((one) => one <= limit)).map(([, , first, , , window, reason]) => `${variant}: no entry at ${first.slice(11)}, window ${window}, ${reason}`);
}
