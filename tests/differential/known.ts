/** What had been decided by a moment, of a run's rows: decisions and fills, not what came of them later. */
import { clockOf } from "../reference/dates.ts";
import { TRADE_COLUMNS } from "../reference/rows-out.ts";

export const column = (name: (typeof TRADE_COLUMNS)[number]) => TRADE_COLUMNS.indexOf(name);
const AT_ENTRY = TRADE_COLUMNS.slice(0, column("entry_px") + 1).map(column);

export type Rows = readonly (readonly string[])[];

/** What was known by `moment`: fills of entries, decisions of exits, fills of exits. */
export function knownTrades(trades: Rows, moment: string): string[] {
  return trades.filter((row) => row[column("ts_entry")] <= moment).map((row) => {
    const entry = AT_ENTRY.map((i) => row[i]).join(",");
    const decided = row[column("decision_exit")] <= moment ? ` ${row[column("decision_exit")]} ${row[column("reason_exit")]}` : "";
    const filled = decided !== "" && row[column("ts_exit")] <= moment ? ` ${row.slice(column("ts_exit")).join(",")}` : "";
    return entry + decided + filled;
  });
}

/** Skips whose waiting had ended by `moment`: an order's, or after a rebalance's last closing fill. */
export function knownSkips(skips: Rows, trades: Rows, date: string, second: number, wait: number): string[] {
  const closed = (decided: string) => trades.filter((row) => row[column("decision_exit")] === decided).map((row) => row[column("ts_exit")]);
  const limit = `${date} ${clockOf(second - wait)}`;
  return skips.filter((row) => [row[2], ...closed(row[2])].every((moment) => moment <= limit)).map((row) => row.join(","));
}
