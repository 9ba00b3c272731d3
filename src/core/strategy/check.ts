/** What a strategy asks of the market rules and of the data set, checked before anything runs. */
import { holdsWindow } from "../engine/windows.ts";
import type { MarketRules, Session, SymbolName } from "../market/types.ts";
import { dayNumber, type DayNumber } from "../time.ts";
import { conditionsOf } from "./compile.ts";
import { readOperand, seriesOf, type Metric } from "./condition.ts";
import { metricWords } from "./condition-words.ts";
import { metricInfo } from "./metrics.ts";
import { listed, suggestion } from "./nearest.ts";
import { partsOf } from "./parts.ts";
import { placedMetrics } from "./placed-metrics.ts";
import { problem } from "./problems.ts";
import { parseWindow } from "./schema-parts.ts";
import { pathText } from "./text.ts";
import type { ParsedStrategy, StrategyProblem } from "./types.ts";

/** Facts of the data set that a strategy depends on. */
export interface DataFacts {
  readonly symbols: readonly string[];
  /** Whether the symbol's option rows are bars instead of snapshots. */
  readonly bars: boolean;
  /** Series of which the data set has no rows at all; those that are not known yet are left out. */
  readonly absent?: readonly ("future" | "vix")[];
}

/** Problems that no single file shows. An empty list means the strategy can be planned. */
export function checkStrategy(parsed: ParsedStrategy, rules: MarketRules, data?: DataFacts): StrategyProblem[] {
  const symbols = [...new Set(partsOf(parsed).map(({ universe }) => universe.symbol))];
  return [...symbols.flatMap((symbol) => symbolProblems(symbol, parsed, rules, data?.symbols)), ...windowProblems(parsed, rules), ...barProblems(parsed, data), ...seriesProblems(parsed, data)];
}

/** What was read from a text, with the places in it. */
type Placed = Pick<ParsedStrategy, "places">;

/** @param held symbols of the data folder, where it is known */
export function symbolProblems(symbol: SymbolName, placed: Placed, rules: MarketRules, held: readonly string[] | undefined): StrategyProblem[] {
  const found = (message: string) => [problem(["universe", "symbol"], placed, message)];
  const suggest = (known: readonly string[]) => `${suggestion(symbol, known)}Allowed: ${listed(known) || "none"}`;
  if (!rules.symbols.includes(symbol)) return found(`the market rules do not know "${symbol}"; ${suggest(rules.symbols)}`);
  if (held && !held.includes(symbol)) return found(`the data folder holds no contracts of "${symbol}"; ${suggest(held)}`);
  return [];
}

function windowProblems(parsed: ParsedStrategy, rules: MarketRules): StrategyProblem[] {
  const places = new Map(parsed.variants.flatMap(({ strategy }) => strategy.time.window.map((text, i) => [text, i] as const)));
  return [...places].flatMap(([text, i]) => heldNowhere(text, rules).map((message) => problem(["time", "window", i], parsed, message)));
}

/** What is wrong with a window that no kind of session holds; empty otherwise. */
export function heldNowhere(text: string, rules: MarketRules): string[] {
  const held = distinctSessions(rules).some((session) => holdsWindow(session, parseWindow(text)!));
  return held ? [] : [`no session holds the window ${text}; ordinary sessions run 09:15-15:30`];
}

const sessionsOf = new WeakMap<MarketRules, readonly Session[]>();
/** Dates between which every kind of session occurs. */
const FIRST_DATE: DayNumber = dayNumber("2015-01-01");
const LAST_DATE: DayNumber = dayNumber("2030-12-31");

function distinctSessions(rules: MarketRules): readonly Session[] {
  let sessions = sessionsOf.get(rules);
  if (!sessions) {
    const kinds = new Map<string, Session>();
    for (let date = FIRST_DATE; date <= LAST_DATE; date++) {
      const session = rules.session(date);
      if (session !== undefined && session !== "closed") kinds.set(JSON.stringify(session), session);
    }
    sessionsOf.set(rules, (sessions = [...kinds.values()]));
  }
  return sessions;
}

function barProblems(parsed: ParsedStrategy, data: DataFacts | undefined): StrategyProblem[] {
  const model = parsed.variants.find(({ strategy }) => strategy.fill.model !== "ltp")?.strategy.fill.model;
  if (!data?.bars || model === undefined) return [];
  return [problem(["fill", "model"], parsed, `the data are bars, which have no quotes, so "${model}" cannot fill; allowed: ltp`)];
}

/** Semantics §3: a metric whose series the data set does not have is an error. */
function seriesProblems(parsed: ParsedStrategy, data: DataFacts | undefined): StrategyProblem[] {
  if (!data) return [];
  const found = new Map<string, StrategyProblem>();
  for (const { strategy } of parsed.variants) {
    for (const { path: condition, form: whole } of conditionsOf(strategy)) {
      for (const { path, form } of placedMetrics(whole, condition)) {
        const metric = readOperand(form) as Metric;
        const message = lacking(metric, data);
        if (message !== undefined) found.set(`${pathText(path)}${metric.key}`, problem(path, parsed, `${metricWords(metric)} (${metric.name}) cannot be known: ${message}`));
      }
    }
  }
  return [...found.values()];
}

const ABSENT_WORDS = { future: "the data folder holds no rows of a future", vix: "the data folder holds no rows of India VIX" } as const;

function lacking(metric: Metric, { bars, absent = [] }: DataFacts): string | undefined {
  const series = seriesOf(metric);
  if (series && (series.kind === "future" || series.kind === "vix") && absent.includes(series.kind)) return `${ABSENT_WORDS[series.kind]}; add them, or take the metric out`;
  const field = "field" in metric.args ? metric.args.field : undefined;
  const quotes = metricInfo(metric.name).needs === "quotes" || field === "mid" || field === "spread" || field === "iv";
  return bars && quotes ? "the data are bars, which have no quotes; use PRICE_LTP or an indicator of price" : undefined;
}
