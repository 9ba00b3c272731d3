import type { rankingJson } from "../core/results/ranking.ts";
import { money, percent, ratio, tableWords } from "./table-words.ts";

/** The strategies of a run side by side, the best first. */
export function rankingWords(ranking: ReturnType<typeof rankingJson>): string {
  const rows = ranking.map((row) => [
    `${row.rank}. ${row.strategy}`, row.variant, money(row.total), ratio(row.sharpe), money(row.max_drawdown), String(row.trades), percent(row.win_rate),
  ]);
  return ["Ranking, each strategy by its best variant", ...tableWords([["", "Variant", "Total ₹", "Sharpe", "Max drawdown ₹", "Trades", "Win rate"], ...rows])].join("\n");
}
