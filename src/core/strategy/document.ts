/** A study, a market-rules file or another text of the user's that has one schema: read and checked as a strategy is. */
import type { z } from "../zod.ts";
import { describeIssues } from "./problems.ts";
import { readText, type PlacedText, type TextKind } from "./text.ts";
import { StrategyError } from "./types.ts";

export interface Document<T> {
  readonly data: T;
  readonly placed: PlacedText;
}

/** Throws a StrategyError that lists every problem: where, what was found, what is allowed. */
export function readDocument<T>(text: string, kind: TextKind, schema: z.ZodType<T>): Document<T> {
  const placed = readText(text, kind);
  const result = schema.safeParse(placed.data);
  if (!result.success) throw new StrategyError(describeIssues(result.error.issues, placed.data, placed, { schema, extras: [] }));
  return { data: result.data, placed };
}
