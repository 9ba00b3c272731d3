import { looksBack } from "../core/engine/instruments.ts";
import { planDates, type DatePlan } from "../core/engine/plan.ts";
import type { MarketRules, SymbolName } from "../core/market/types.ts";
import { planDoubts } from "../core/results/run-doubts.ts";
import { checkStrategy } from "../core/strategy/check.ts";
import { compileStrategy } from "../core/strategy/compile.ts";
import { partsOf } from "../core/strategy/parts.ts";
import { problemText, type ParsedStrategy, type StrategyProblem } from "../core/strategy/types.ts";
import { dayNumber, type DayNumber } from "../core/time.ts";
import { ChoiceNeeded, type Catalogue, type DateWindow } from "../data/catalogue/catalogue.ts";
import type { DayChunk, Progress } from "../data/catalogue/types.ts";
import type { DayPlan } from "./packed-plan.ts";
import { joinPortions } from "./portions.ts";
import type { StrategyPlan } from "./protocol.ts";

/** What keeps a strategy from running on this data, in words. */
export class PlanError extends Error {
  override readonly name = "PlanError";
}

/**
 * The days of a run of several strategies and how they are handed out. What keeps one of them from running is said in its own
 * plan. Throws PlanError where nothing can run on the data.
 */
export async function planRun(catalogue: Catalogue, strategies: readonly ParsedStrategy[], rules: MarketRules, progress?: (progress: Progress) => void): Promise<DayPlan> {
  const symbols = catalogue.summary().symbols.map((one) => one.symbol);
  if (symbols.length === 0) throw new PlanError("No file of the folder could be recognised as market data. The problems of the catalogue say what was found in each.");
  const refused = new Map<ParsedStrategy, Extract<StrategyPlan, { kind: "refused" }>>();
  const refuse = (strategy: ParsedStrategy, problems: readonly StrategyProblem[]): void => {
    if (problems.length > 0) refused.set(strategy, { kind: "refused", choice: false, message: problems.map(problemText).join("\n") });
  };
  const left = () => strategies.filter((strategy) => !refused.has(strategy));
  for (const strategy of strategies) refuse(strategy, checkStrategy(strategy, rules, { symbols, bars: false }));

  const candidates = new Map<SymbolName, readonly DayNumber[]>();
  for (const symbol of symbolsOf(left())) {
    await forSymbol(symbol, left(), async () => candidates.set(symbol, await catalogue.candidateDates(symbol, windowOf(left(), symbol), progress)));
  }
  const dates = new Map(left().map((strategy): [ParsedStrategy, DatePlan] => [strategy, planDates(strategy, rules, (symbol) => candidates.get(symbol) ?? [])]));

  const chunks = new Map<SymbolName, readonly DayChunk[]>();
  for (const symbol of symbolsOf(left())) {
    const wanted = ascending(left().flatMap((strategy) => dates.get(strategy)!.bySymbol.get(symbol) ?? []));
    await forSymbol(symbol, left(), async () => chunks.set(symbol, await catalogue.chunks(symbol, wanted, progress)));
  }
  const earlier: DayChunk[] = [];
  const lookBack = left().filter((strategy) => looksBack(strategy.variants.map((variant) => compileStrategy(variant.strategy))));
  for (const symbol of symbolsOf(lookBack)) {
    await forSymbol(symbol, lookBack, async () => {
      const before = await catalogue.candidateDates(symbol, { to: windowOf(lookBack, symbol).to }, progress);
      earlier.push(...(await catalogue.chunks(symbol, before, progress)));
    });
  }
  for (const strategy of left()) refuse(strategy, checkStrategy(strategy, rules, { symbols, ...factsOf(dates.get(strategy)!, chunks) }));

  const planned = (strategy: ParsedStrategy, { dates: own, bySymbol, notRun }: DatePlan): StrategyPlan =>
    ({ kind: "planned", dates: own, notRun, uncertainRules: planDoubts(rules, strategy, (symbol) => bySymbol.get(symbol) ?? []) });
  const plans = left().map((strategy) => dates.get(strategy)!);
  return {
    strategies: strategies.map((strategy) => refused.get(strategy) ?? planned(strategy, dates.get(strategy)!)),
    dates: ascending(plans.flatMap((plan) => plan.dates)),
    earlier,
    portions: joinPortions([...chunks].map(([symbol, ofSymbol]) => ({ chunks: ofSymbol, dates: new Set(plans.flatMap((plan) => plan.bySymbol.get(symbol) ?? [])) }))),
  };

  /** A question that the data of one symbol leaves open keeps those of the strategies that trade it from running. */
  async function forSymbol(symbol: SymbolName, concerned: readonly ParsedStrategy[], work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof ChoiceNeeded)) throw error;
      for (const strategy of concerned) if (symbolsOf([strategy]).includes(symbol)) refused.set(strategy, { kind: "refused", choice: true, message: error.message });
    }
  }
}

function symbolsOf(strategies: readonly ParsedStrategy[]): SymbolName[] {
  return [...new Set(strategies.flatMap((strategy) => partsOf(strategy).map(({ universe }) => universe.symbol)))];
}

/** The dates between which any part of the strategies wants rows of the symbol. */
function windowOf(strategies: readonly ParsedStrategy[], symbol: SymbolName): DateWindow {
  const times = strategies.flatMap((strategy) => partsOf(strategy).filter(({ universe }) => universe.symbol === symbol).map(({ time }) => time));
  const from = Math.min(...times.map((time) => (time.from === null ? -Infinity : dayNumber(time.from))));
  const to = Math.max(...times.map((time) => (time.to === null ? Infinity : dayNumber(time.to))));
  return { from, to };
}

/** What the chunks that hold a strategy's dates say about the data. */
function factsOf(plan: DatePlan, chunks: ReadonlyMap<SymbolName, readonly DayChunk[]>) {
  const own = [...plan.bySymbol].flatMap(([symbol, dates]) => {
    const wanted = new Set(dates);
    return (chunks.get(symbol) ?? []).filter((chunk) => chunk.dates.some((date) => wanted.has(date)));
  });
  const bars = own.some(({ files, kinds }) => files.some(({ kind, layout }) => kind === "option" && kinds[layout] === "bar"));
  const absent = (["future", "vix"] as const).filter((kind) => !own.some(({ files }) => files.some((file) => file.kind === kind)));
  return { bars, ...(own.length > 0 && { absent }) };
}

function ascending(dates: readonly DayNumber[]): DayNumber[] {
  return [...new Set(dates)].sort((a, b) => a - b);
}
