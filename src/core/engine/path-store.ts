/**
 * P&L by second of legs that were filled together (semantics §4), made once a day for all variants that hold the same
 * legs at the same prices from the same second: variants of a stop, target or trail differ in none of these.
 */
import type { Kernels } from "../kernels.ts";
import type { Paise } from "../money.ts";
import type { Filled } from "./orders.ts";

/** A leg as far as its P&L goes. Units are signed: negative is short. */
export interface PathLeg {
  readonly contract: number;
  readonly units: number;
  readonly entry: Filled;
}

/** Paise, compared with whole paise of P&L; NO_RULE for none. */
export interface PathRules {
  readonly stop: number;
  readonly target: number;
  readonly trail: { readonly activate: number; readonly step: number } | null;
}

/** Paise of `exit.lock`; `every` 0: the floor does not rise. */
export interface LockRules {
  readonly reach: number;
  readonly keep: number;
  readonly every: number;
  readonly by: number;
}

export interface LockCrossing {
  /** −1 where it does not fire. */
  readonly second: number;
  readonly peak: Paise;
}

export interface PathCrossing {
  /** −1 where nothing fires. */
  readonly second: number;
  readonly reason: "stop_loss" | "target" | "trail";
  /** The highest P&L from the fill to `second`, or to the last second looked at. */
  readonly peak: Paise;
}

/** The lowest and the highest P&L of a stretch of seconds. */
export interface Extremes {
  readonly lowest: Paise;
  readonly highest: Paise;
}

/** Several sets of rules in kernel memory: RULES_LENGTH numbers (f64) each, Infinity for none, and an answer (i32) for each, as `readAnswer` takes it. */
export interface RuleSets {
  readonly rules: number;
  readonly count: number;
  readonly answers: number;
}

/** What several sets of rules come to: `second` is −1 while one of them has not fired, whose peak it then is. */
export interface PathCrossings {
  readonly second: number;
  readonly peak: Paise;
}

/** Codes of assembly/crossing.ts, from 1. */
const REASONS = ["stop_loss", "target", "trail"] as const;
/** Of a set of rules that has not fired. */
export const NO_ANSWER = -1;

/** An answer of the kernel `crossings`. */
export function readAnswer(answer: number): Pick<PathCrossing, "second" | "reason"> {
  return answer === NO_ANSWER ? { second: -1, reason: "stop_loss" } : { second: answer >> 2, reason: REASONS[(answer & 3) - 1] };
}

/** Bytes of a leg in the kernel's table: assembly/pnl.ts. */
const LEG_BYTES = 16;
/** Numbers of a set of rules where several are looked at together: stop, target, activate and step (assembly/crossing.ts). */
export const RULES_LENGTH = 4;
/** Legs that may be open together. */
const MOST_LEGS = 32;
/** Paths that are kept: about 25 MB on an ordinary day. More than a position and its legs need at a time. */
const MOST_PATHS = 128;

/** Where the kernel's inputs stand, and what it answers. */
class PathKernel {
  private readonly table: number;
  private readonly state: number;

  constructor(
    readonly kernels: Kernels,
    private readonly seconds: number,
    private readonly stride: number,
    private readonly grid: (contract: number) => number,
  ) {
    this.table = kernels.run.alloc(MOST_LEGS * LEG_BYTES);
    this.state = kernels.run.alloc(16);
  }

  /** Room for a path that is made as far as it is looked at. */
  room(): number {
    return this.kernels.run.alloc(this.kernels.run.pathBytes(this.seconds));
  }

  /** Room for the seconds of a path alone. */
  plainRoom(): number {
    return this.kernels.run.alloc(this.stride * 8);
  }

  /** Begins a path in `room`. */
  open(legs: readonly PathLeg[], first: number, room: number): void {
    this.kernels.run.openPath(room, this.list(legs), legs.length, this.stride, first, this.seconds);
  }

  write(legs: readonly PathLeg[], realised: Paise, from: number, to: number, path: number): void {
    this.kernels.run.pnlPath(this.list(legs), legs.length, this.stride, realised, from, to, path);
  }

  private list(legs: readonly PathLeg[]): number {
    if (legs.length > MOST_LEGS) throw new RangeError(`A position has ${legs.length} open legs; at most ${MOST_LEGS} can be marked together.`);
    let at = this.table >> 2;
    for (const { contract, units, entry } of legs) {
      // Making a grid may grow the memory, after which an older view of it is of nothing.
      const grid = this.grid(contract);
      const { i32 } = this.kernels;
      i32[at] = grid;
      i32[at + 1] = units;
      i32[at + 2] = entry.price;
      at += LEG_BYTES >> 2;
    }
    return this.table;
  }

  locked(path: number, from: number, to: number, { reach, keep, every, by }: LockRules, peak: Paise): LockCrossing {
    const { f64, run } = this.kernels;
    f64[this.state >> 3] = peak;
    return { second: run.firstLocked(path, from, to, reach, keep, every, by, this.state), peak: f64[this.state >> 3] };
  }

  /** `search`: over a path that is made as it is looked at, or over plain seconds. */
  crossing(search: "firstCrossing" | "crossingIn", path: number, from: number, to: number, { stop, target, trail }: PathRules, peak: Paise): PathCrossing {
    const { f64, i32, run } = this.kernels;
    f64[this.state >> 3] = peak;
    const second = run[search](path, from, to, stop, target, trail ? trail.activate : Infinity, trail ? trail.step : Infinity, this.state);
    return { second, reason: REASONS[i32[(this.state + 8) >> 2] - 1], peak: f64[this.state >> 3] };
  }

  /** Of each set of rules that has no answer yet. `plain`: over plain seconds. */
  crossings(plain: boolean, path: number, from: number, to: number, { rules, count, answers }: RuleSets, peak: Paise): PathCrossings {
    const { f64, run } = this.kernels;
    f64[this.state >> 3] = peak;
    const open = run.crossings(plain, path, from, to, rules, count, this.state, answers);
    return { second: open > 0 ? -1 : to, peak: f64[this.state >> 3] };
  }

  /** What `find` leaves. */
  extremes(find: (out: number) => void): Extremes {
    const { f64 } = this.kernels;
    find(this.state);
    return { lowest: f64[this.state >> 3], highest: f64[(this.state >> 3) + 1] };
  }
}

/** A path from its fill on: what one variant looks at, all others find made (assembly/path.ts). */
export class SharedPath {
  constructor(
    private readonly kernel: PathKernel,
    readonly filled: number,
    readonly legs: readonly PathLeg[],
    private readonly path: number,
  ) {
    kernel.open(legs, filled, path);
  }

  /** Paise. */
  at(second: number): Paise {
    return this.kernel.kernels.run.pathAt(this.path, second);
  }

  /** The P&L by second up to `to`: a view that the next allocation ends. */
  upTo(to: number): Float64Array {
    const { f64, run } = this.kernel.kernels;
    const first = run.writtenPath(this.path, this.filled, to) >> 3;
    return f64.subarray(first, first + to);
  }

  /** The first second in [from, to) in which a rule fires. `peak` is the highest P&L before `from`. */
  crossing(from: number, to: number, rules: PathRules, peak: Paise): PathCrossing {
    return this.kernel.crossing("firstCrossing", this.path, from, to, rules, peak);
  }

  /** As `crossing`, of each set of rules that has no answer yet (NO_ANSWER). */
  crossings(from: number, to: number, sets: RuleSets, peak: Paise): PathCrossings {
    return this.kernel.crossings(false, this.path, from, to, sets, peak);
  }

  /** The first second in [from, to) in which the lock closes; `peak` as of `crossing`. */
  locked(from: number, to: number, rules: LockRules, peak: Paise): LockCrossing {
    return this.kernel.locked(this.kernel.kernels.run.writtenPath(this.path, from, to), from, to, rules, peak);
  }

  /** Over the seconds from the fill to before `to`. */
  extremes(to: number): Extremes {
    return this.kernel.extremes((out) => this.kernel.kernels.run.extremesSoFar(this.path, to, out));
  }

  /** The same before each of `count` seconds (i32 each), lowest and highest (f64 each) to `out`. */
  extremesBefore(seconds: number, count: number, out: number): void {
    this.kernel.kernels.run.extremesBefore(this.path, seconds, count, out);
  }
}

/** The path of one position after it has become its own: a leg has closed, others are still open. */
export class OwnPath {
  constructor(
    private readonly kernel: PathKernel,
    private readonly path: number,
  ) {}

  write(legs: readonly PathLeg[], realised: Paise, from: number, to: number): void {
    this.kernel.write(legs, realised, from, to, this.path);
  }

  at(second: number): Paise {
    return this.kernel.kernels.f64[(this.path >> 3) + second];
  }

  crossing(from: number, to: number, rules: PathRules, peak: Paise): PathCrossing {
    return this.kernel.crossing("crossingIn", this.path, from, to, rules, peak);
  }

  crossings(from: number, to: number, sets: RuleSets, peak: Paise): PathCrossings {
    return this.kernel.crossings(true, this.path, from, to, sets, peak);
  }

  locked(from: number, to: number, rules: LockRules, peak: Paise): LockCrossing {
    return this.kernel.locked(this.path, from, to, rules, peak);
  }

  extremes(from: number, to: number): Extremes {
    return this.kernel.extremes((out) => this.kernel.kernels.run.pathExtremes(this.path, from, to, out));
  }
}

export class PathStore {
  private readonly kernel: PathKernel;
  /** Those of a fill's second, newest last. */
  private readonly byFill = new Map<number, SharedPath[]>();
  /** In the order in which they were made. */
  private readonly kept: { readonly path: SharedPath; readonly room: number }[] = [];
  /** Room for the one position that is held, reused by one after another. */
  readonly own: OwnPath;

  /** @param grid address of a contract's grid */
  constructor(kernels: Kernels, seconds: number, stride: number, grid: (contract: number) => number) {
    this.kernel = new PathKernel(kernels, seconds, stride, grid);
    this.own = new OwnPath(this.kernel, this.kernel.plainRoom());
  }

  /** The path of legs that were filled in second `filled`. Takes kernel memory that lasts for the day. */
  of(filled: number, legs: readonly PathLeg[]): SharedPath {
    const found = this.byFill.get(filled)?.findLast((path) => sameLegs(path.legs, legs));
    if (found) return found;
    const room = this.kept.length < MOST_PATHS ? this.kernel.room() : this.forgetOldest();
    const path = new SharedPath(this.kernel, filled, legs.map(({ contract, units, entry }) => ({ contract, units, entry })), room);
    this.kept.push({ path, room });
    const others = this.byFill.get(filled);
    if (others) others.push(path);
    else this.byFill.set(filled, [path]);
    return path;
  }

  private forgetOldest(): number {
    const { path, room } = this.kept.shift()!;
    const others = this.byFill.get(path.filled)!.filter((other) => other !== path);
    if (others.length > 0) this.byFill.set(path.filled, others);
    else this.byFill.delete(path.filled);
    return room;
  }
}

function sameLegs(a: readonly PathLeg[], b: readonly PathLeg[]): boolean {
  return a.length === b.length && a.every(({ contract, units, entry }, i) => contract === b[i].contract && units === b[i].units && entry.price === b[i].entry.price);
}
