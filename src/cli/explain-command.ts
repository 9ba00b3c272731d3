import { rulesWith } from "../core/market/rules.ts";
import { dayStory } from "../core/results/story.ts";
import type { ParamValue, ParsedStrategy, StrategyVariant } from "../core/strategy/types.ts";
import { ofOneDay } from "../core/strategy/one-day.ts";
import { isoDate, parseIsoDate, weekdayName, type DayNumber } from "../core/time.ts";
import type { DayReplay } from "../pool/protocol.ts";
import { replayDay } from "../pool/replay.ts";
import { EXIT, PlanRefused, UsageError } from "./exit.ts";
import { nodeHost, openData, sayProgress } from "./open-data.ts";
import { dataSettings, type DataOptions } from "./options.ts";
import { readRules } from "./read-given-file.ts";
import { readStrategy } from "./read-strategy.ts";
import { storyLines } from "./story-words.ts";
import { count, print, say, sayOver } from "./words.ts";

export interface ExplainOptions extends DataOptions {
  readonly date: string;
  readonly variant?: string;
  readonly set?: Readonly<Record<string, ParamValue>>;
}

/** Tells what a strategy did on one day, second by second. Answers the exit status. */
export async function explainCommand(file: string, options: ExplainOptions): Promise<number> {
  const { date: text, set } = options;
  const date = parseIsoDate(text);
  if (date === undefined) throw new UsageError(`--date ${text}: this is no date. Allowed: YYYY-MM-DD.`);
  const rules = await readRules(options.rules);
  const parsed = await readStrategy(file, rulesWith(rules), { params: set });
  const strategy = ofOneDay(parsed, variantOf(parsed, options.variant), date);
  const data = await openData(options.data, dataSettings(options), rules);
  try {
    const plan = await data.catalogue.plan([strategy], sayProgress);
    sayOver("");
    const [own] = plan.strategies;
    if (own.kind === "refused") throw new PlanRefused(own.message, own.choice);
    const ruledOut = own.notRun.find((day) => day.date === date);
    const replay = own.dates.includes(date) ? await replayDay(nodeHost, { source: data.source, reader: "parquet-wasm", rules }, { plan, strategy, date }) : undefined;
    if (replay?.recorded) {
      await print(dayWords(strategy, date, replay.outcome, replay.recorded).join("\n"));
      return EXIT.done;
    }
    const part = replay?.outcome.parts[0];
    say(`${text} not run: ${ruledOut ? `${ruledOut.reason}, ${ruledOut.detail}` : part?.kind === "not_run" ? `${part.reason}, ${part.detail}` : "no file of the symbol has a row on this date"}`);
    return EXIT.failed;
  } finally {
    data.close();
  }
}

function variantOf({ variants }: ParsedStrategy, name = variants[0].name): StrategyVariant {
  const wanted = variants.find((variant) => variant.name === name);
  if (!wanted) throw new UsageError(`--variant ${name}: the strategy has no such variant. Allowed: ${variants.length === 1 ? variants[0].name : `${variants[0].name} to ${variants[variants.length - 1].name}`}.`);
  return wanted;
}

function dayWords(parsed: ParsedStrategy, date: DayNumber, outcome: DayReplay["outcome"], { recording }: NonNullable<DayReplay["recorded"]>): string[] {
  const [{ name, swept, strategy }] = parsed.variants;
  const values = Object.entries(swept).map(([param, value]) => `${param} ${value}`);
  const events = dayStory(outcome, recording);
  const { trades, parts } = outcome;
  const spot = parts[0].kind === "run" ? parts[0].spotSource : "";
  const rupees = (column: Float64Array) => column.reduce((sum, value) => sum + value, 0) / 100;
  const [pnl, fees] = [rupees(trades.pnl), rupees(trades.fees)];
  return [
    `${parsed.name}, ${name}${values.length > 0 ? ` (${values.join(", ")})` : ""}`,
    `${weekdayName(date)} ${isoDate(date)}, ${recording.symbol}, expiry ${isoDate(recording.expiry)}; spot from ${spot}; ${count(outcome.contractsRead, "contract")} read`,
    "",
    ...(events.length === 0 ? ["Nothing was decided on this day."] : storyLines(events, strategy)),
    "",
    `${count(trades.length, "trade")}: P&L ${pnl.toFixed(2)}, fees ${fees.toFixed(2)}, after costs ${(pnl - fees).toFixed(2)} rupees`,
  ];
}
