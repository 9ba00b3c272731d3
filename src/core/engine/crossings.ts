/** What a path answers to members of a cohort: where the first of their rules fires. */
import type { ExitReason } from "../results/types.ts";
import type { Member, Outcome } from "./cohort.ts";
import { readAnswer } from "./path-store.ts";

/** An answer that one member has, or more. */
export interface Crossed {
  /** Among the answers. */
  readonly place: number;
  /** −1: none of the rules fires. */
  readonly second: number;
  readonly reason: ExitReason;
}

export class Crossings {
  constructor(
    private readonly members: readonly Member[],
    /** Of each member that of its answer. */
    private readonly places: readonly number[],
    /** Each different one. */
    readonly answers: readonly Crossed[],
    /** That of the members who are last to cross, or never do. */
    readonly last: Crossed,
  ) {}

  membersOf({ place }: Crossed): readonly Member[] {
    const { members, places } = this;
    const those: Member[] = [];
    for (let i = 0; i < members.length; i++) if (places[i] === place) those.push(members[i]);
    return those;
  }

  /** Those with none of these answers, which are not the last. */
  membersBeside(crossed: readonly Crossed[]): readonly Member[] {
    // Mostly only the last is left.
    if (crossed.length === this.answers.length - 1) return this.membersOf(this.last);
    const gone = new Set(crossed.map(({ place }) => place));
    return this.members.filter((_, i) => !gone.has(this.places[i]));
  }

  /** The day of some is over: their outcomes by the places of their answers. */
  end(outcomes: readonly (Outcome | undefined)[]): void {
    const { members, places } = this;
    for (let i = 0; i < members.length; i++) {
      const outcome = outcomes[places[i]];
      if (outcome) members[i].outcome = outcome;
    }
  }
}

/** Of a member alone. */
export function onlyCrossing(members: readonly Member[], found: { readonly second: number; readonly reason: ExitReason } | undefined): Crossings {
  const answer = { place: 0, second: found ? found.second : -1, reason: found ? found.reason : "stop_loss" } as const;
  return new Crossings(members, [0], [answer], answer);
}

/** Answers by their hash, as their places from 1: open addressing, room for twice as many as there are members. */
let slots = new Int32Array(0);

/** `codes`: answers of the kernel `crossings`, those of the members from the `first`-th on. */
export function crossingsOf(members: readonly Member[], codes: Int32Array, first: number): Crossings {
  const bits = 33 - Math.clz32(members.length);
  const size = 1 << bits;
  if (slots.length < size) slots = new Int32Array(size);
  slots.fill(0, 0, size);
  const places = new Array<number>(members.length);
  const answers: Crossed[] = [];
  const codeOf: number[] = [];
  let last: Crossed | undefined;
  for (let i = 0; i < members.length; i++) {
    const code = codes[first + i];
    // Neighbours in a sweep mostly have the same.
    if (i > 0 && code === codes[first + i - 1]) {
      places[i] = places[i - 1];
      continue;
    }
    let slot = Math.imul(code, 0x9e3779b1) >>> (32 - bits);
    while (slots[slot] > 0 && codeOf[slots[slot] - 1] !== code) slot = (slot + 1) & (size - 1);
    if (slots[slot] === 0) {
      const { second, reason } = readAnswer(code);
      const answer = { place: answers.length, second, reason };
      if (!last || (last.second >= 0 && (second < 0 || second > last.second))) last = answer;
      slots[slot] = answers.push(answer);
      codeOf.push(code);
    }
    places[i] = slots[slot] - 1;
  }
  return new Crossings(members, places, answers, last!);
}
