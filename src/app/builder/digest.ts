/** What a closed part of the builder says: the sentences of `check`. */
import { explainLines, sweepWords } from "../../core/strategy/explain.ts";
import type { ParsedStrategy } from "../../core/strategy/types.ts";

/** Which lines of the explanation belong to which part. */
const LINES: Readonly<Record<string, RegExp>> = {
  universe: /^Trades$/, time: /^(?:Days|Windows?)$/, entry: /^(?:Enters|Rebalances)$/, legs: /^Leg /, exit: /^Exits$/, adjust: /^Adjusts$/, fill: /^(?:Fills|Costs)$/,
};

export function digestOf(part: string, parsed: ParsedStrategy): string {
  if (part === "sweep") return parsed.variants.length === 1 ? "one variant" : `variants: ${sweepWords(parsed)}`;
  const lines = explainLines(parsed).filter(([head, text]) => LINES[part]?.test(head) && text !== "never");
  return lines.map(([, text]) => text).join("; ") || "none";
}
