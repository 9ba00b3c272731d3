/**
 * Variants that differ in stop-loss, target and trail alone. A simulation sees of these thresholds nothing but the answer
 * to its question: where does the first of them fire on this path? So variants go through the day together as long as
 * they are given the same answers, and are asked together.
 */
import type { ExitReason, Skip } from "../results/types.ts";
import type { ThresholdTable } from "../strategy/alike.ts";
import type { CompiledStrategy } from "../strategy/compile.ts";
import { NO_ANSWER, readAnswer, RULES_LENGTH } from "./path-store.ts";
import type { PnlPath } from "./pnl-path.ts";
import { pathRules, putRules, type PremiumBase } from "./threshold.ts";

/** A variant on its way through the day. */
export interface Member {
  readonly variant: number;
  readonly strategy: CompiledStrategy;
  /** Windows that the session does not hold. */
  readonly left: readonly { readonly id: number; readonly start: number }[];
  /** Set when its day is over. */
  outcome: Outcome | undefined;
}

/** Rows of the trade table of one position, and of those before it. */
export interface Written {
  readonly before: Written | undefined;
  readonly row: number;
  readonly count: number;
}

export interface Outcome {
  readonly rows: Written | undefined;
  readonly skips: readonly Omit<Skip, "variant">[];
}

/** Members to which a path gives one answer. */
export interface Crossed {
  /** −1: none of their rules fires. */
  readonly second: number;
  readonly reason: ExitReason;
  readonly members: readonly Member[];
}

/** Used again and again, since large arrays are made slowly. */
let room = { sets: new Float64Array(0), answers: new Int32Array(0) };

function roomFor(members: number): typeof room {
  if (room.answers.length < members) room = { sets: new Float64Array(members * RULES_LENGTH), answers: new Int32Array(members) };
  return { sets: room.sets, answers: room.answers.subarray(0, members).fill(NO_ANSWER) };
}

export class Cohort {
  constructor(
    /** At least one. */
    public members: readonly Member[],
    private readonly thresholds: ThresholdTable,
  ) {}

  /** The first crossings before second `to`, from where the last call ended; those who are last to cross, or never do, stand last. */
  crossings(path: PnlPath, to: number, base: PremiumBase): readonly Crossed[] {
    const { members } = this;
    if (members.length === 1) {
      const found = path.next(to, pathRules(this.thresholds, members[0].variant, base));
      return [found ? { second: found.second, reason: found.reason, members } : { second: -1, reason: "stop_loss", members }];
    }
    const { sets, answers } = roomFor(members.length);
    for (let i = 0; i < members.length; i++) putRules(this.thresholds, members[i].variant, base, sets, i * RULES_LENGTH);
    path.nextOfEach(to, sets, answers);
    return grouped(members, answers);
  }
}

/** Places of groups by their answers: open addressing, room for twice as many as there are members. */
let places = new Int32Array(0);

function grouped(members: readonly Member[], answers: Int32Array): Crossed[] {
  const groups: { readonly second: number; readonly reason: ExitReason; readonly members: Member[] }[] = [];
  const bits = 33 - Math.clz32(answers.length);
  if (places.length < 1 << bits) places = new Int32Array(1 << bits);
  const found = places.subarray(0, 1 << bits).fill(0);
  const answerOf: number[] = [];
  let same: Member[] = [];
  let last = 0;
  for (let i = 0; i < answers.length; i++) {
    const answer = answers[i];
    // Neighbours in a sweep mostly have the same.
    if (i > 0 && answer === answers[i - 1]) {
      same.push(members[i]);
      continue;
    }
    let place = Math.imul(answer, 0x9e3779b1) >>> (32 - bits);
    while (found[place] > 0 && answerOf[found[place] - 1] !== answer) place = (place + 1) & (found.length - 1);
    if (found[place] > 0) {
      same = groups[found[place] - 1].members;
      same.push(members[i]);
      continue;
    }
    same = [members[i]];
    const { second, reason } = readAnswer(answer);
    if (groups.length > 0 && groups[last].second >= 0 && (second < 0 || second > groups[last].second)) last = groups.length;
    found[place] = groups.push({ second, reason, members: same });
    answerOf.push(answer);
  }
  const latest = groups[last];
  groups[last] = groups[groups.length - 1];
  groups[groups.length - 1] = latest;
  return groups;
}
