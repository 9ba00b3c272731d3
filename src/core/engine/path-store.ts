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

/** Codes of assembly/crossing.ts, from 1. */
const REASONS = ["stop_loss", "target", "trail"] as const;
/** Seconds that the kernel summarises together: assembly/pnl.ts. */
const BLOCK = 256;
/** Bytes of a leg in the kernel's table, and of a block's summary. */
const LEG_BYTES = 16;
const SUMMARY_BYTES = 16;
/** Legs that may be open together. */
const MOST_LEGS = 32;
/** Paths that are kept: about 25 MB on an ordinary day. More than a position and its legs need at a time. */
const MOST_PATHS = 128;

/** Where the kernel's inputs stand, and how paths are searched. */
class PathKernel {
  private readonly table: number;
  private readonly state: number;

  constructor(
    readonly kernels: Kernels,
    readonly seconds: number,
    private readonly stride: number,
    private readonly grid: (contract: number) => number,
  ) {
    this.table = kernels.run.alloc(MOST_LEGS * LEG_BYTES);
    this.state = kernels.run.alloc(16);
  }

  /** Room for a path of the day, and for its blocks' summaries behind it. */
  room(): number {
    return this.kernels.run.alloc(this.stride * 8 + (Math.ceil(this.stride / BLOCK) + 1) * SUMMARY_BYTES);
  }

  summaries(path: number): number {
    return path + this.stride * 8;
  }

  write(legs: readonly PathLeg[], realised: Paise, from: number, to: number, path: number, blocks: number): void {
    const { i32, run } = this.kernels;
    if (legs.length > MOST_LEGS) throw new RangeError(`A position has ${legs.length} open legs; at most ${MOST_LEGS} can be marked together.`);
    let at = this.table >> 2;
    for (const { contract, units, entry } of legs) {
      i32[at] = this.grid(contract);
      i32[at + 1] = units;
      i32[at + 2] = entry.price;
      at += LEG_BYTES >> 2;
    }
    run.pnlPath(this.table, legs.length, this.stride, realised, from, to, path, blocks);
  }

  locked(path: number, from: number, to: number, { reach, keep, every, by }: LockRules, peak: Paise): LockCrossing {
    const { f64, run } = this.kernels;
    f64[this.state >> 3] = peak;
    return { second: run.firstLocked(path, from, to, reach, keep, every, by, this.state), peak: f64[this.state >> 3] };
  }

  crossing(path: number, blocks: number, from: number, to: number, { stop, target, trail }: PathRules, peak: Paise): PathCrossing {
    const { f64, i32, run } = this.kernels;
    f64[this.state >> 3] = peak;
    const second = run.firstCrossing(path, blocks, from, to, stop, target, trail ? trail.activate : Infinity, trail ? trail.step : Infinity, this.state);
    return { second, reason: REASONS[i32[(this.state + 8) >> 2] - 1], peak: f64[this.state >> 3] };
  }

  extremes(path: number, blocks: number, from: number, to: number): Extremes {
    const { f64, run } = this.kernels;
    run.pathExtremes(path, blocks, from, to, this.state);
    return { lowest: f64[this.state >> 3], highest: f64[(this.state >> 3) + 1] };
  }
}

/** A path in its making: known up to a second, from its fill on. */
export class SharedPath {
  private known: number;

  constructor(
    private readonly kernel: PathKernel,
    readonly filled: number,
    readonly legs: readonly PathLeg[],
    private readonly path: number,
  ) {
    this.known = filled;
  }

  /** Makes the path at least up to second `to`: in whole blocks, so that each has its summary. */
  extend(to: number): void {
    if (to <= this.known) return;
    const end = Math.min((to + BLOCK - 1) & -BLOCK, this.kernel.seconds);
    this.kernel.write(this.legs, 0, this.known, end, this.path, this.kernel.summaries(this.path));
    this.known = end;
  }

  /** Paise. */
  at(second: number): Paise {
    this.extend(second + 1);
    return this.kernel.kernels.f64[(this.path >> 3) + second];
  }

  /** The first second in [from, to) in which a rule fires. `peak` is the highest P&L before `from`. */
  crossing(from: number, to: number, rules: PathRules, peak: Paise): PathCrossing {
    this.extend(to);
    return this.kernel.crossing(this.path, this.kernel.summaries(this.path), from, to, rules, peak);
  }

  /** The first second in [from, to) in which the lock closes; `peak` as of `crossing`. */
  locked(from: number, to: number, rules: LockRules, peak: Paise): LockCrossing {
    this.extend(to);
    return this.kernel.locked(this.path, from, to, rules, peak);
  }

  /** Over the seconds from the fill to before `to`. */
  extremes(to: number): Extremes {
    this.extend(to);
    return this.kernel.extremes(this.path, this.kernel.summaries(this.path), this.filled, to);
  }
}

/** The path of one position after it has become its own: a leg has closed, others are still open. */
export class OwnPath {
  constructor(
    private readonly kernel: PathKernel,
    private readonly path: number,
  ) {}

  write(legs: readonly PathLeg[], realised: Paise, from: number, to: number): void {
    this.kernel.write(legs, realised, from, to, this.path, 0);
  }

  at(second: number): Paise {
    return this.kernel.kernels.f64[(this.path >> 3) + second];
  }

  crossing(from: number, to: number, rules: PathRules, peak: Paise): PathCrossing {
    return this.kernel.crossing(this.path, 0, from, to, rules, peak);
  }

  locked(from: number, to: number, rules: LockRules, peak: Paise): LockCrossing {
    return this.kernel.locked(this.path, from, to, rules, peak);
  }

  extremes(from: number, to: number): Extremes {
    return this.kernel.extremes(this.path, 0, from, to);
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
    this.own = new OwnPath(this.kernel, this.kernel.room());
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
