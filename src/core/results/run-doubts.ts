/** Which rules of a run are not certain. */
import type { MarketRules, UncertainRule } from "../market/types.ts";
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
  const preset = variants.some(({ strategy }) => "preset" in strategy.costs);
  return new Set<Rule>([...ALWAYS, ...(preset ? (["costs"] as const) : [])]);
}

/** Of every day run, and of every contract traded on it; each sentence once, in the order of the days. */
export function runDoubts(rules: MarketRules, strategy: ParsedStrategy, merge: RunMerge): RunDoubt[] {
  const wanted = rulesOf(strategy);
  const symbols = strategy.variants.map((variant) => variant.strategy.universe.symbol);
  const found = new Map<string, { readonly rule: Rule; readonly dates: Set<DayNumber> }>();
  const look = (symbol: string, date: DayNumber, expiry?: DayNumber): void => {
    for (const { rule, text } of rules.uncertain(symbol, date, expiry)) {
      if (!wanted.has(rule)) continue;
      const known = found.get(text);
      if (known) known.dates.add(date);
      else found.set(text, { rule, dates: new Set([date]) });
    }
  };
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
  return [...found].map(([text, { rule, dates }]) => ({ rule, text, days: dates.size }));
}

/** As the result files write them. */
export function doubtsJson(doubts: readonly RunDoubt[]) {
  return doubts.map(({ rule, days, text }) => ({ rule, days, text }));
}
