/**
 * What variants that differ in stop-loss, target and trail alone have come to on one date. A simulation sees of these
 * thresholds nothing but the answers to its questions: where does the first of them fire on this path? Two variants with
 * the same answers are one simulation, and the second takes over the trades of the first.
 */
import type { Skip } from "../results/types.ts";
import type { CompiledStrategy } from "../strategy/compile.ts";
import type { Paise } from "../money.ts";
import type { PathCrossing, SharedPath } from "./path-store.ts";
import { pathRules, type PremiumBase } from "./threshold.ts";

interface Question {
  readonly path: SharedPath;
  readonly from: number;
  readonly to: number;
  readonly peak: Paise;
  /** What thresholds are taken of. */
  readonly base: PremiumBase;
  readonly answers: Map<number, Question | Outcome>;
}

/** Rows of the trade table, and skips. */
export interface Outcome {
  readonly firstTrade: number;
  readonly trades: number;
  readonly skips: readonly Skip[];
}

const CODES: Record<PathCrossing["reason"], number> = { stop_loss: 0, target: 1, trail: 2 };
const NEVER = -1;

function answerOf({ second, reason }: PathCrossing): number {
  return second < 0 ? NEVER : second * 3 + CODES[reason];
}

export class Outcomes {
  private first: Question | Outcome | undefined;

  /** That of an earlier variant which was given the same answers. */
  find(strategy: CompiledStrategy): Outcome | undefined {
    let at = this.first;
    while (at !== undefined && "answers" in at) {
      const { path, from, to, peak, base, answers } = at;
      if (path.forgotten) return (this.first = undefined);
      at = answers.get(answerOf(path.crossing(from, to, pathRules(strategy, base), peak)));
    }
    return at;
  }

  keep({ asked, repeatable }: Recording, outcome: Outcome): void {
    if (!repeatable) return;
    let place = (next: Question | Outcome) => (this.first ??= next);
    for (const { question, answer } of asked) {
      const at = place(question);
      if (!("answers" in at)) return;
      place = (next) => {
        const kept = at.answers.get(answer) ?? next;
        at.answers.set(answer, kept);
        return kept;
      };
    }
    place(outcome);
  }
}

/** The questions of one simulation. */
export class Recording {
  readonly asked: { readonly question: Question; readonly answer: number }[] = [];
  /** Every question was of a path that others can look at. */
  repeatable = true;

  add(path: SharedPath, from: number, to: number, peak: Paise, base: PremiumBase, found: PathCrossing): void {
    this.asked.push({ question: { path, from, to, peak, base, answers: new Map() }, answer: answerOf(found) });
  }
}
