import { dayStory } from "../core/results/story.ts";
import type { DayOutcome } from "../core/results/types.ts";
import type { ParamValue, ParsedStrategy } from "../core/strategy/types.ts";
import { isoDate, parseIsoDate, weekdayName, type DayNumber } from "../core/time.ts";
import type { DataSettings } from "../data/catalogue/types.ts";
import { runBacktest } from "../pool/scheduler.ts";
import { EXIT, UsageError } from "./exit.ts";
import { nodeHost, openData, sayProgress, type OpenData } from "./open-data.ts";
import { readStrategy } from "./read-strategy.ts";
import { storyLines } from "./story-words.ts";
import { count, print, say, sayOver } from "./words.ts";

export interface ExplainOptions {
  readonly data: string;
  readonly date: string;
  readonly variant?: string;
  readonly set?: Readonly<Record<string, ParamValue>>;
  readonly zone?: DataSettings["zone"];
  readonly layout?: DataSettings["layout"];
}

/** Tells what a strategy did on one day, second by second. Answers the exit status. */
export async function explainCommand(file: string, options: ExplainOptions): Promise<number> {
  const { date: text, set, zone, layout } = options;
  const date = parseIsoDate(text);
  if (date === undefined) throw new UsageError(`--date ${text}: this is no date. Allowed: YYYY-MM-DD.`);
  const strategy = oneVariant(await readStrategy(file, { from: text, to: text, params: set }), options.variant);
  const data = await openData(options.data, { zone, layout });
  try {
    const outcome = await oneDay(strategy, date, data);
    if (typeof outcome === "string") {
      say(`${text} not run: ${outcome}`);
      return EXIT.failed;
    }
    await print(dayWords(strategy, date, outcome).join("\n"));
    return EXIT.done;
  } finally {
    data.close();
  }
}

/** The strategy with that variant alone, and with every trade of it sampled. */
function oneVariant(parsed: ParsedStrategy, name: string | undefined): ParsedStrategy {
  const names = parsed.variants.map((variant) => variant.name);
  const wanted = parsed.variants.find((variant) => variant.name === (name ?? names[0]));
  if (!wanted) throw new UsageError(`--variant ${name}: the strategy has no such variant. Allowed: ${names.length === 1 ? names[0] : `${names[0]} to ${names[names.length - 1]}`}.`);
  const strategy = { ...wanted.strategy, sampling: { first_trades: Number.MAX_SAFE_INTEGER } };
  return { ...parsed, variants: [{ ...wanted, strategy }] };
}

/** The day's outcome, or why there is none. */
async function oneDay(strategy: ParsedStrategy, date: DayNumber, { catalogue, source }: OpenData): Promise<Extract<DayOutcome, { kind: "run" }> | string> {
  const plan = await catalogue.plan(strategy, sayProgress);
  sayOver("");
  const left = plan.notRun.find((day) => day.date === date);
  if (left) return `${left.reason}, ${left.detail}`;
  const outcomes: DayOutcome[] = [];
  await runBacktest({ plan, host: nodeHost, workers: 1, init: () => ({ source, reader: "parquet-wasm", strategy }), onOutcome: (outcome) => void outcomes.push(outcome) });
  const outcome = outcomes.find((one) => one.date === date);
  if (!outcome || outcome.kind === "no_data") return "no file of the symbol has a row on this date";
  return outcome.kind === "run" ? outcome : `${outcome.reason}, ${outcome.detail}`;
}

function dayWords(parsed: ParsedStrategy, date: DayNumber, outcome: Extract<DayOutcome, { kind: "run" }>): string[] {
  const [{ name, swept, strategy }] = parsed.variants;
  const values = Object.entries(swept).map(([param, value]) => `${param} ${value}`);
  const events = dayStory(outcome, 0);
  const { trades } = outcome;
  const total = (column: Float64Array) => column.reduce((sum, value) => sum + value, 0);
  return [
    `${parsed.name}, ${name}${values.length > 0 ? ` (${values.join(", ")})` : ""}`,
    `${weekdayName(date)} ${isoDate(date)}, ${strategy.universe.symbol}${trades.length > 0 ? `, expiry ${isoDate(trades.expiry[0])}` : ""}; spot from ${outcome.spotSource}; ${count(outcome.contractsRead, "contract")} read`,
    "",
    ...(events.length === 0 ? ["Nothing was decided on this day."] : storyLines(events, strategy)),
    "",
    `${count(trades.length, "trade")}: P&L ${(total(trades.pnl) / 100).toFixed(2)}, fees ${(total(trades.fees) / 100).toFixed(2)}, after costs ${((total(trades.pnl) - total(trades.fees)) / 100).toFixed(2)} rupees`,
  ];
}
