/** What of the data a strategy can depend on, read off the words of its text: rather too much than too little. */
import type { Strategy } from "../core/strategy/types.ts";
import { CANONICAL_COLUMNS } from "../data/column-names.ts";

/** Clocks apart, what every strategy needs: prices, quotes, and what tells bars from snapshots. */
const ALWAYS = ["price", "open", "close", "bp0", "sp0"];
const BOOK = [0, 1, 2, 3, 4].flatMap((level) => [`bp${level}`, `bq${level}`, `sp${level}`, `sq${level}`]);
const GREEKS = ["iv", "delta", "gamma", "theta", "vega"];

export interface Needed {
  /** Canonical names. */
  readonly columns: readonly string[];
  /** Rows of VIX files. */
  readonly vix: boolean;
  /** Previous closes: rows of earlier dates. */
  readonly earlier: boolean;
}

export function neededBy(strategies: readonly Strategy[]): Needed {
  const words = new Set(strategies.flatMap((strategy) => [...wordsOf(strategy)]));
  const says = (pattern: RegExp): boolean => [...words].some((word) => pattern.test(word));
  const columns = new Set(ALWAYS);
  const add = (names: readonly string[]) => names.forEach((name) => columns.add(name));
  if (strategies.some(({ fill }) => fill.model === "depth" || fill.max_share !== null) || says(/^(MICROPRICE|IMBALANCE)$/)) add(BOOK);
  if (says(/^(VOL|VOL_.*|VWAP|volume)$/)) add(["volume"]);
  if (says(/^(OI|oi)$/)) add(["oi"]);
  if (strategies.some(({ universe }) => universe.greeks === "data")) add(GREEKS);
  if (words.has("FIELD")) add([...CANONICAL_COLUMNS, ...GREEKS].filter((name) => words.has(name)));
  return { columns: [...columns], vix: says(/^(VIX|vix)$/), earlier: says(/^(PREV_CLOSE|GAP_PCT)$/) };
}

/** Every text in a tree, values and keys. */
function* wordsOf(tree: unknown): Generator<string> {
  if (typeof tree === "string") yield tree;
  if (typeof tree !== "object" || tree === null) return;
  for (const [key, value] of Object.entries(tree)) {
    yield key;
    yield* wordsOf(value);
  }
}
