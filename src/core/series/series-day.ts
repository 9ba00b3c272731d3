/** Series and conditions of one day in kernel memory: who makes one allocates it, who owns the arena releases all. */
import type { Kernels } from "../kernels.ts";
import { putRuns, type Runs } from "./runs.ts";

/** A number in every second of the session, in rupees or plain; NaN where it is missing. */
export class Series {
  constructor(protected readonly address: number) {}

  /** Address of one f64 per second. */
  get pointer(): number {
    return this.address;
  }
}

/** A series that changes with completed bars alone: its seconds are written when somebody looks at them. */
export class HeldSeries extends Series {
  private written = false;

  constructor(
    address: number,
    private readonly day: SeriesDay,
    readonly bars: Bars,
  ) {
    super(address);
  }

  override get pointer(): number {
    if (!this.written) this.day.kernels.run.holdBars(this.bars.values, this.bars.bar, this.day.seconds, this.address);
    this.written = true;
    return this.address;
  }
}

/** One number per completed bar. */
export interface Bars {
  /** Seconds of a bar, not more than the session and one. */
  readonly bar: number;
  readonly count: number;
  /** Address of one f64 per bar; NaN before the first value of the day. */
  readonly values: number;
}

/** A truth in every second of the session. */
export class Condition {
  constructor(
    /** Address of one byte per second: 0 false, 1 true, 2 unknown. */
    readonly pointer: number,
  ) {}
}

/** What arithmetic and comparisons take: a series, or one number for the whole day. */
export type Operand = Series | number;

const UNKNOWN = 2;

/** So many values filled up to whole SIMD vectors of bytes, which kernels read and write. */
export function wholeVectors(count: number): number {
  return (count + 15) & ~15;
}

/** The operand as kernels take it: an address, or 0 and the constant. */
export function operandOf(operand: Operand): readonly [pointer: number, constant: number] {
  return typeof operand === "number" ? [0, operand] : [operand.pointer, 0];
}

export class SeriesDay {
  /** Slots of every array: the seconds, filled up to whole SIMD vectors of bytes. */
  readonly slots: number;
  /** The same instrument all day, at place 0. */
  readonly whole: Runs;

  constructor(
    readonly kernels: Kernels,
    /** Seconds of the session; place 0 is the open. */
    readonly seconds: number,
  ) {
    this.slots = wholeVectors(seconds);
    this.whole = putRuns(kernels, [{ place: 0, from: 0, to: seconds }]);
  }

  /** Room for a series; holds whatever was there. */
  newSeries(): Series {
    return new Series(this.kernels.run.alloc(this.slots * 8));
  }

  newCondition(): Condition {
    return new Condition(this.kernels.run.alloc(this.slots));
  }

  /** The value at a second; null where it is missing. */
  value(series: Series, s: number): number | null {
    const value = this.kernels.f64[(series.pointer >> 3) + s];
    return Number.isNaN(value) ? null : value;
  }

  /** Whether the condition holds at a second; null where that is unknown. */
  truth(condition: Condition, s: number): boolean | null {
    const code = this.kernels.u8[condition.pointer + s];
    return code === UNKNOWN ? null : code === 1;
  }

  /**
   * A span, bar or number of bars as kernels take it. What is longer than the session is missing all day, so that any
   * such length does as well as the shortest of them. Throws a RangeError for anything but a whole number ≥ `least`.
   */
  span(length: number, least = 1): number {
    if (!Number.isInteger(length) || length < least) throw new RangeError(`A span is a whole number of at least ${least}; found ${length}.`);
    return Math.min(length, this.seconds + 1);
  }
}
