/** The product's engine once more on a day, with everything after a decision hidden from it: does the decision stand? */
import { decidedBy, decisionSeconds, orderedBy, type DayRows } from "../core/results/decided-by.ts";
import { tradeLabels } from "../core/results/labels.ts";
import { createRunMerge } from "../core/results/merge.ts";
import { skipsCsv } from "../core/results/skips-csv.ts";
import { hashedTradeLines } from "../core/results/trades-csv.ts";
import type { DayOutcome } from "../core/results/types.ts";
import type { LookAheadDay, MomentVerdict } from "../core/results/verification.ts";
import type { ParsedStrategy, StrategyVariant } from "../core/strategy/types.ts";
import { formatClock, type IsoDate, type Second } from "../core/time.ts";

/** So many decisions of a day are looked at. */
export const MOMENTS_PER_DAY = 5;

/** A day as the engine leaves it, or in words why it does not run it. */
export type TriedDay = DayRows | { readonly why: string };

export interface LookAheadQuestion {
  readonly date: IsoDate;
  readonly variants: readonly StrategyVariant[];
  /** Runs the day in the product's engine, once per entry: undefined hides nothing. */
  readonly run: (hideAfter: readonly (Second | undefined)[]) => Promise<readonly TriedDay[]>;
  /** Draws `count` of some seconds. */
  readonly draw: (seconds: readonly Second[], count: number) => readonly Second[];
}

export async function lookAhead({ variants, date, run, draw }: LookAheadQuestion): Promise<LookAheadDay> {
  const [whole] = await run([undefined]);
  if ("why" in whole) return { date, moments: [], why: `the engine does not run the day any more: ${whole.why}` };
  const seconds = draw(decisionSeconds(whole), MOMENTS_PER_DAY);
  const hidden = seconds.length === 0 ? [] : await run(seconds);
  const moments: MomentVerdict[] = [];
  for (const [i, second] of seconds.entries()) {
    const seen = hidden[i];
    if ("why" in seen) return { date, moments, why: `with everything after ${formatClock(second)} hidden the engine does not run the day: ${seen.why}` };
    moments.push(momentVerdict(variants, date, second, whole, seen));
  }
  return { date, why: null, moments };
}

function momentVerdict(variants: readonly StrategyVariant[], date: IsoDate, second: Second, whole: DayRows, hidden: DayRows): MomentVerdict {
  const orders = orderedBy(whole, hidden, second);
  const [then, now] = [[...decidedBy(whole, second, variants), ...orders.whole], [...decidedBy(hidden, second, variants), ...orders.hidden]];
  return { date, after: formatClock(second), decided: then.length, missing: then.filter((line) => !now.includes(line)), instead: now.filter((line) => !then.includes(line)) };
}

/** A day's outcome as the rows of the result files. */
export function triedDay(strategy: ParsedStrategy, outcome: DayOutcome): TriedDay {
  const missed = outcome.parts.find((part) => part.kind === "not_run");
  if (missed?.kind === "not_run" && outcome.parts.every(({ kind }) => kind === "not_run")) return { why: missed.detail };
  const merge = createRunMerge(strategy);
  merge.add(outcome);
  const labels = tradeLabels(strategy);
  const cells = (text: string): string[][] => text.split("\n").slice(1, -1).map((line) => line.split(","));
  return { trades: cells([...hashedTradeLines(merge.trades(), labels)].join("")), skips: cells(skipsCsv(merge.skips(), labels)) };
}
