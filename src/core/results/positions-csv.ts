import { formatRupees } from "../money.ts";
import { formatMoment, isoDate } from "../time.ts";
import { csvCell } from "./csv-cell.ts";
import type { TradeLabels } from "./labels.ts";
import { positionTable } from "./position-table.ts";
import { flagsText } from "./trade-text.ts";
import { ENTRY_REASONS, EXIT_REASONS, type TradeColumns } from "./types.ts";

/** The columns of the position files in their order, `run_id` apart. */
export const POSITION_COLUMNS = [
  "variant", "date", "position_id", "window_id", "ts_entry", "ts_exit", "legs", "entry_premium", "pnl", "fees", "pnl_after_costs", "mae", "mfe",
  "holding_seconds", "reason_entry", "reasons_exit", "flags",
] as const;
export type PositionColumn = (typeof POSITION_COLUMNS)[number];

const ROWS_PER_CHUNK = 512;

/**
 * positions.csv: a header and one line per position, each ended by LF, in pieces.
 * @param trades in the order of semantics §6, with run-wide position ids
 */
export function* positionsCsv(trades: TradeColumns, labels: TradeLabels, runId: string): Generator<string, void, void> {
  const table = positionTable(trades);
  const variants = labels.variants.map(csvCell);
  const run = csvCell(runId);
  let text = `run_id,${POSITION_COLUMNS.join(",")}\n`;
  for (let i = 0; i < table.length; i++) {
    const date = table.date[i];
    const [entry, exit] = [table.tsEntry[i], table.tsExit[i]];
    const cells: Record<PositionColumn, string | number> = {
      variant: variants[table.variant[i]],
      date: isoDate(date),
      position_id: table.positionId[i],
      window_id: table.windowId[i],
      ts_entry: formatMoment(date, entry),
      ts_exit: formatMoment(date, exit),
      legs: table.legs[i],
      entry_premium: formatRupees(table.entryPremium[i]),
      pnl: formatRupees(table.pnl[i]),
      fees: formatRupees(table.fees[i]),
      pnl_after_costs: formatRupees(table.pnl[i] - table.fees[i]),
      mae: formatRupees(table.mae[i]),
      mfe: formatRupees(table.mfe[i]),
      holding_seconds: exit - entry,
      reason_entry: ENTRY_REASONS[table.reasonEntry[i]],
      reasons_exit: exitReasonsText(table.reasonsExit[i]),
      flags: flagsText(table.flags[i]),
    };
    text += `${run},${POSITION_COLUMNS.map((name) => cells[name]).join(",")}\n`;
    if ((i + 1) % ROWS_PER_CHUNK === 0) {
      yield text;
      text = "";
    }
  }
  if (text !== "") yield text;
}

/** The distinct reasons in the order of EXIT_REASONS, joined by `|`. */
export function exitReasonsText(bits: number): string {
  return EXIT_REASONS.filter((_, bit) => bits & (1 << bit)).join("|");
}
