/** Which rules of a run are not certain. */
import type { MarketRules, SymbolName, UncertainRule } from "../market/types.ts";
import { blocksOf } from "../strategy/compile.ts";
import { partsOf } from "../strategy/parts.ts";
import type { ParsedStrategy } from "../strategy/types.ts";
import type { DayNumber } from "../time.ts";
import type { RunMerge } from "./merge.ts";

/** A rule that is not certain, and on how many days run it counted. */
export interface RunDoubt extends UncertainRule {
  readonly days: number;
}

type Rule = UncertainRule["rule"];

const ALWAYS: readonly Rule[] = ["lot", "strike_step", "tick", "expiry", "session", "holidays"];

/** The rules that a strategy depends on. */
function rulesOf({ variants }: ParsedStrategy): ReadonlySet<Rule> {
  const rules = new Set(ALWAYS);
  for (const { strategy } of variants) {
    const legs = blocksOf(strategy).flatMap((block) => block.legs);
    if (strategy.fill.slice === "freeze") rules.add("freeze");
    if ("preset" in strategy.costs && legs.some(({ cp }) => cp !== "FUT")) rules.add("costs");
    if ("preset" in strategy.costs && legs.some(({ cp }) => cp === "FUT")) rules.add("future_costs");
  }
  return rules;
}

/** Of every day that a run would have; what is not certain of the contracts that it will trade is known afterwards. */
export function planDoubts(rules: MarketRules, strategy: ParsedStrategy, datesOf: (symbol: SymbolName) => readonly DayNumber[]): RunDoubt[] {
  const { look, doubts } = createDoubts(rules, strategy);
  for (const { universe } of partsOf(strategy)) for (const date of datesOf(universe.symbol)) look(universe.symbol, date);
  return doubts();
}

/** Of every day run, and of every contract traded on it; each sentence once, in the order of the days. */
export function runDoubts(rules: MarketRules, strategy: ParsedStrategy, merge: RunMerge): RunDoubt[] {
  const { look, doubts } = createDoubts(rules, strategy);
  const symbols = strategy.variants.map((variant) => variant.strategy.universe.symbol);
  for (const { universe, variants } of partsOf(strategy)) for (const date of merge.daysRun(variants[0])) look(universe.symbol, date);
  const trades = merge.trades();
  const seen = new Set<string>();
  for (let row = 0; row < trades.length; row++) {
    // The trades of a day stand together: most rows ask what the row before has asked.
    if (row > 0 && trades.variant[row] === trades.variant[row - 1] && trades.date[row] === trades.date[row - 1] && trades.expiry[row] === trades.expiry[row - 1]) continue;
    const [symbol, date, expiry] = [symbols[trades.variant[row]], trades.date[row], trades.expiry[row]];
    const key = `${symbol}|${date}|${expiry}`;
    if (seen.has(key)) continue;
    seen.add(key);
    look(symbol, date, expiry);
  }
  return doubts();
}

/** Collects each sentence once, with the days that it is about. */
function createDoubts(rules: MarketRules, strategy: ParsedStrategy) {
  const wanted = rulesOf(strategy);
  const found = new Map<string, { readonly rule: Rule; readonly dates: Set<DayNumber> }>();
  return {
    look(symbol: SymbolName, date: DayNumber, expiry?: DayNumber): void {
      for (const { rule, text } of rules.uncertain(symbol, date, expiry)) {
        if (!wanted.has(rule)) continue;
        const known = found.get(text);
        if (known) known.dates.add(date);
        else found.set(text, { rule, dates: new Set([date]) });
      }
    },
    doubts: (): RunDoubt[] => [...found].map(([text, { rule, dates }]) => ({ rule, text, days: dates.size })),
  };
}

/** As the result files write them. */
export function doubtsJson(doubts: readonly RunDoubt[]) {
  return doubts.map(({ rule, days, text }) => ({ rule, days, text }));
}
