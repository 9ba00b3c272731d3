/** The product's engine once more on a day, with everything after a decision hidden from it: does the decision stand? */
import { decidedBy, decisionSeconds, orderedBy, type DayRows } from "../core/results/decided-by.ts";
import { tradeLabels } from "../core/results/labels.ts";
import { createRunMerge } from "../core/results/merge.ts";
import { skipsCsv } from "../core/results/skips-csv.ts";
import { hashedTradeLines } from "../core/results/trades-csv.ts";
import type { DayOutcome } from "../core/results/types.ts";
import type { LookAheadDay, MomentVerdict } from "../core/results/verification.ts";
import type { ParsedStrategy } from "../core/strategy/types.ts";
import { formatClock, isoDate, type DayNumber, type Second } from "../core/time.ts";

/** So many decisions of a day are looked at. */
export const MOMENTS_PER_DAY = 5;

export interface LookAheadQuestion {
  readonly strategy: ParsedStrategy;
  readonly date: DayNumber;
  /** Runs the day in the product's engine, once per entry: undefined hides nothing. */
  readonly run: (hideAfter: readonly (Second | undefined)[]) => Promise<readonly DayOutcome[]>;
  /** Draws `count` of some seconds. */
  readonly draw: (seconds: readonly Second[], count: number) => readonly Second[];
}

export async function lookAhead({ strategy, date, run, draw }: LookAheadQuestion): Promise<LookAheadDay> {
  const day = isoDate(date);
  const [outcome] = await run([undefined]);
  const notRun = outcome.parts.find((part) => part.kind === "not_run");
  if (!outcome.parts.some((part) => part.kind === "run") && notRun?.kind === "not_run") return { date: day, moments: [], why: `the engine does not run the day any more: ${notRun.detail}` };
  const whole = dayRows(strategy, outcome);
  const seconds = draw(decisionSeconds(whole), MOMENTS_PER_DAY);
  const hidden = seconds.length === 0 ? [] : await run(seconds);
  return { date: day, why: null, moments: seconds.map((second, i) => momentVerdict(strategy, day, second, whole, dayRows(strategy, hidden[i]))) };
}

function momentVerdict({ variants }: ParsedStrategy, date: string, second: Second, whole: DayRows, hidden: DayRows): MomentVerdict {
  const orders = orderedBy(whole, hidden, second);
  const [then, now] = [[...decidedBy(whole, second, variants), ...orders.whole], [...decidedBy(hidden, second, variants), ...orders.hidden]];
  return { date, after: formatClock(second), decided: then.length, missing: then.filter((line) => !now.includes(line)), instead: now.filter((line) => !then.includes(line)) };
}

/** A day's outcome as the rows of the result files. */
function dayRows(strategy: ParsedStrategy, outcome: DayOutcome): DayRows {
  const merge = createRunMerge(strategy);
  merge.add(outcome);
  const labels = tradeLabels(strategy);
  const cells = (text: string): string[][] => text.split("\n").slice(1, -1).map((line) => line.split(","));
  return { trades: cells([...hashedTradeLines(merge.trades(), labels)].join("")), skips: cells(skipsCsv(merge.skips(), labels)) };
}
