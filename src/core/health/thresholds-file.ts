/** A file of thresholds: YAML or JSON. */
import { describeIssues, type Grammar } from "../strategy/problems.ts";
import { readText, type PlacedText, type TextKind } from "../strategy/text.ts";
import { problemText, StrategyError, type StrategyProblem } from "../strategy/types.ts";
import { thresholdsOf, thresholdsSchema, type Thresholds } from "./thresholds.ts";

const KIND: TextKind = { thing: "a file of health thresholds", keys: "version, quarantine" };
const GRAMMAR: Grammar = { schema: thresholdsSchema, extras: [] };

/** What is wrong in a file of thresholds: where, what was found, what is allowed. */
export class ThresholdsError extends Error {
  override readonly name = "ThresholdsError";
  constructor(readonly problems: readonly StrategyProblem[]) {
    super(problems.map(problemText).join("\n"));
  }
}

/** Throws a ThresholdsError that lists every problem. */
export function parseThresholds(text: string): Thresholds {
  const placed = read(text);
  const result = thresholdsSchema.safeParse(placed.data);
  if (!result.success) throw new ThresholdsError(describeIssues(result.error.issues, placed.data, placed, GRAMMAR));
  return thresholdsOf(result.data);
}

function read(text: string): PlacedText {
  try {
    return readText(text, KIND);
  } catch (error) {
    if (error instanceof StrategyError) throw new ThresholdsError(error.problems);
    throw error;
  }
}
