import fc from "fast-check";
import { expect } from "vitest";
import { Condition, Series, SeriesDay } from "../../../../src/core/series/series-day.ts";
import { testKernels } from "../../../support/memory-day.ts";

/** A number or missing, by second. */
export type Values = readonly (number | null)[];
export type Truths = readonly (boolean | null)[];

const CANARY = 64;
const kernels = testKernels();

/** A day whose arrays are followed by bytes that nobody may touch. */
class GuardedDay extends SeriesDay {
  private readonly canaries: number[] = [];

  private guard(): void {
    const at = this.kernels.run.alloc(CANARY);
    this.kernels.u8.fill(0xab, at, at + CANARY);
    this.canaries.push(at);
  }
  override newSeries(): Series {
    const series = super.newSeries();
    this.guard();
    return series;
  }
  override newCondition(): Condition {
    const condition = super.newCondition();
    this.guard();
    return condition;
  }
  check(): void {
    for (const at of this.canaries) expect(this.kernels.u8.subarray(at, at + CANARY).every((byte) => byte === 0xab)).toBe(true);
  }
}

/** Runs `work` on a day of its own, checks that no kernel wrote past an array, and gives the memory back. */
export function onDay<T>(seconds: number, work: (day: SeriesDay) => T): T {
  return kernels.scoped(() => {
    const day = new GuardedDay(kernels, seconds);
    const result = work(day);
    day.check();
    return result;
  });
}

export function put(day: SeriesDay, values: Values): Series {
  const series = day.newSeries();
  day.kernels.f64.set(values.map((value) => value ?? NaN), series.pointer >> 3);
  return series;
}

export function read(day: SeriesDay, series: Series): Values {
  return Array.from({ length: day.seconds }, (_, s) => day.value(series, s));
}

export function putTruths(day: SeriesDay, truths: Truths): Condition {
  const condition = day.newCondition();
  day.kernels.u8.set(truths.map((truth) => (truth === null ? 2 : Number(truth))), condition.pointer);
  return condition;
}

export function readTruths(day: SeriesDay, condition: Condition): Truths {
  return Array.from({ length: day.seconds }, (_, s) => day.truth(condition, s));
}

/** Both missing in the same seconds, and near each other in the others. */
export function expectNear(found: Values, expected: Values, within = 1e-11): void {
  expect(found.map((value) => value === null)).toEqual(expected.map((value) => value === null));
  found.forEach((value, s) => {
    const wanted = expected[s];
    if (value !== null && wanted !== null && !(Math.abs(value - wanted) <= within * Math.max(1, Math.abs(wanted)))) {
      expect.fail(`at second ${s}: found ${value}, expected ${wanted}`);
    }
  });
}

/** Lists of one length, so that they can be one day. */
export function sameLength<T>(one: fc.Arbitrary<T>, lists: number, most = 70): fc.Arbitrary<T[][]> {
  return fc.integer({ min: 1, max: most }).chain((length) => fc.array(fc.array(one, { minLength: length, maxLength: length }), { minLength: lists, maxLength: lists }));
}

/** Rupees that often repeat, sometimes missing. */
export const rupees = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(100, 100.05, 100.1, 99.95, 250) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 2_000_000 }).map((paise) => paise / 100) },
  { weight: 1, arbitrary: fc.constant(null) },
);
/** As a grid has them: nothing before the first value, then a value in every second. */
export const carried: fc.Arbitrary<(number | null)[]> = fc
  .tuple(fc.nat(12), fc.array(fc.integer({ min: 9000, max: 11_000 }), { minLength: 1, maxLength: 120 }))
  .map(([leading, paise]) => [...Array<null>(leading).fill(null), ...paise.map((p) => p / 100)]);
