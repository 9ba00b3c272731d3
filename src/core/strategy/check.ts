/** What a strategy asks of the market rules and of the data set, checked before anything runs. */
import { holdsWindow } from "../engine/windows.ts";
import type { MarketRules, Session } from "../market/types.ts";
import { dayNumber, type DayNumber } from "../time.ts";
import { compileStrategy } from "./compile.ts";
import { listed, suggestion } from "./nearest.ts";
import type { ParsedStrategy, Strategy, StrategyProblem } from "./types.ts";

/** Facts of the data set that a strategy depends on. */
export interface DataFacts {
  readonly symbols: readonly string[];
  /** Whether the symbol's option rows are bars instead of snapshots. */
  readonly bars: boolean;
}

/** Problems that no single file shows. An empty list means the strategy can be planned. */
export function checkStrategy(parsed: ParsedStrategy, rules: MarketRules, data?: DataFacts): StrategyProblem[] {
  const first = parsed.variants[0].strategy;
  return [...agreement(parsed), ...symbolProblems(first, rules, data), ...windowProblems(parsed, rules), ...barProblems(parsed, data)];
}

/** One pass over a day serves all variants, so they have to want the same day. */
function agreement({ variants }: ParsedStrategy): StrategyProblem[] {
  const shared: readonly [path: string, of: (strategy: Strategy) => unknown][] = [
    ["universe", (s) => s.universe],
    ["time.from", (s) => s.time.from],
    ["time.to", (s) => s.time.to],
    ["time.days", (s) => s.time.days],
  ];
  return shared
    .filter(([, of]) => variants.some(({ strategy }) => JSON.stringify(of(strategy)) !== JSON.stringify(of(variants[0].strategy))))
    .map(([path]) => ({ path, message: `the sweep changes ${path} from variant to variant, which this version does not run; run one strategy for each value` }));
}

function symbolProblems({ universe }: Strategy, rules: MarketRules, data: DataFacts | undefined): StrategyProblem[] {
  const path = "universe.symbol";
  const suggest = (known: readonly string[]) => `${suggestion(universe.symbol, known)}Allowed: ${listed(known) || "none"}`;
  if (!rules.symbols.includes(universe.symbol)) return [{ path, message: `the market rules do not know "${universe.symbol}"; ${suggest(rules.symbols)}` }];
  if (data && !data.symbols.includes(universe.symbol)) return [{ path, message: `the data folder holds no contracts of "${universe.symbol}"; ${suggest(data.symbols)}` }];
  return [];
}

function windowProblems({ variants }: ParsedStrategy, rules: MarketRules): StrategyProblem[] {
  const sessions = distinctSessions(rules);
  const seen = new Set<string>();
  const problems: StrategyProblem[] = [];
  for (const { strategy } of variants) {
    compileStrategy(strategy).windows.forEach((window, i) => {
      const text = strategy.time.window[i];
      if (seen.has(text)) return;
      seen.add(text);
      if (!sessions.some((session) => holdsWindow(session, window))) problems.push({ path: "time.window", message: `no session holds the window ${text}; ordinary sessions run 09:15-15:30` });
    });
  }
  return problems;
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

function barProblems({ variants }: ParsedStrategy, data: DataFacts | undefined): StrategyProblem[] {
  const model = variants.find(({ strategy }) => strategy.fill.model !== "ltp")?.strategy.fill.model;
  if (!data?.bars || model === undefined) return [];
  return [{ path: "fill.model", message: `the data are bars, which have no quotes, so "${model}" cannot fill; allowed: ltp` }];
}
