import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fieldSeries, type RowsThatSpeak, type Segment } from "../../../../src/core/engine/field-series.ts";
import { sliceVolume, volumeSeries } from "../../../../src/core/engine/volume.ts";
import type { Slice } from "../../../../src/core/grid/slice.ts";
import { sliceOf } from "../../../support/memory-day.ts";
import { putRuns } from "../../../../src/core/series/runs.ts";
import type { Series, SeriesDay } from "../../../../src/core/series/series-day.ts";
import { onDay, read, type Values } from "../series/support.ts";

const OPEN = 33300;
const SECONDS = 40;

interface Row {
  readonly second: number;
  readonly stored: number;
  readonly bid: number;
}

const row = fc.record({ second: fc.integer({ min: OPEN, max: OPEN + SECONDS - 1 }), stored: fc.constantFrom(NaN, -1, Infinity, 0, 5, 70, 300), bid: fc.constantFrom(0, 100) });
const rows = fc.array(row, { maxLength: 25 }).map((list) => [...list].sort((a, b) => a.second - b.second));

function slice(list: readonly Row[], name: string): Slice {
  return { ...sliceOf(list.map(({ second, bid }) => ({ second, bid, ask: bid === 0 ? 0 : bid + 5 }))), fields: new Map([[name, Float64Array.from(list, ({ stored }) => stored)]]) };
}

/** Stretches of one contract after another, some of nobody. */
const stretches = fc.array(fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: -1, max: 2 })), { minLength: 1, maxLength: 9 }).map((parts) => {
  let from = 0;
  return [...parts, [SECONDS, 0] as const].flatMap(([length, which]) => {
    const to = Math.min(SECONDS, from + length);
    const part = { which, from, to };
    from = to;
    return part.from < part.to ? [part] : [];
  });
});
const three = fc.tuple(rows, rows, rows);

const usable = ({ stored }: Row) => stored >= 0 && stored < Infinity;
function value(list: readonly Row[], s: number, which: RowsThatSpeak): number | null {
  const speaks = (one: Row) => which === "latest" || (which === "valid" ? usable(one) : one.bid > 0);
  const found = list.findLast((one) => one.second <= OPEN + s && speaks(one));
  return found && usable(found) ? found.stored : null;
}

/** What each second says by its own contract, which is asked from the open on whoever was chosen before. */
function twin(lists: readonly (readonly Row[])[], parts: readonly { which: number; from: number; to: number }[], of: (list: readonly Row[], s: number) => number | null): Values {
  return Array.from({ length: SECONDS }, (_, s) => {
    const { which } = parts.find(({ from, to }) => s >= from && s < to)!;
    return which < 0 ? null : of(lists[which], s);
  });
}

function segments(lists: readonly (readonly Row[])[], parts: readonly { which: number; from: number; to: number }[], name: string): readonly Segment[] {
  const slices = lists.map((list) => slice(list, name));
  return parts.map(({ which, from, to }) => ({ slice: which < 0 ? undefined : slices[which], from, to }));
}

function volume(day: SeriesDay, parts: readonly Segment[]): Series {
  const runs = putRuns(day.kernels, parts.map(({ from, to }, place) => ({ place, from, to })));
  return volumeSeries(day, parts.map(({ slice }) => slice), runs, (rows) => {
    const { pointer } = day.newSeries();
    sliceVolume(rows, OPEN, ["vol_delta"], day.kernels.f64.subarray(pointer >> 3, (pointer >> 3) + day.seconds));
    return pointer;
  });
}

describe("columns by second, of one contract after another", () => {
  it("carry the value of the rows that speak", () => {
    fc.assert(
      fc.property(three, stretches, fc.constantFrom<RowsThatSpeak>("latest", "valid", "quoted"), (lists, parts, which) =>
        onDay(SECONDS, (day) => {
          expect(read(day, fieldSeries(day, segments(lists, parts, "oi"), "oi", OPEN, which))).toEqual(twin(lists, parts, (list, s) => value(list, s, which)));
        }),
      ),
      { numRuns: 300 },
    );
  });

  it("have as volume what the contract's own cumulative volume grew by", () => {
    fc.assert(
      fc.property(three, stretches, (lists, parts) =>
        onDay(SECONDS, (day) => {
          const grown = (list: readonly Row[], s: number) => {
            const [before, now] = [value(list, s - 1, "valid"), value(list, s, "valid")];
            return now === null ? null : before === null ? 0 : Math.max(0, now - before);
          };
          expect(read(day, volume(day, segments(lists, parts, "volume")))).toEqual(twin(lists, parts, grown));
        }),
      ),
      { numRuns: 300 },
    );
  });

  it("have as volume the sum of the rows where these carry it as such", () => {
    fc.assert(
      fc.property(three, stretches, (lists, parts) =>
        onDay(SECONDS, (day) => {
          const summed = (list: readonly Row[], s: number) =>
            list.length === 0 || OPEN + s < list[0].second ? null : list.reduce((sum, { second, stored }) => (second === OPEN + s && stored > 0 ? sum + stored : sum), 0);
          expect(read(day, volume(day, segments(lists, parts, "vol_delta")))).toEqual(twin(lists, parts, summed));
        }),
      ),
      { numRuns: 100 },
    );
  });

  it("count nothing for the first value, nor where it falls", () => {
    const list = [[1, 500], [2, 500], [3, 700], [4, 100], [5, 101]].map(([s, stored]): Row => ({ second: OPEN + s, stored, bid: 0 }));
    onDay(6, (day) => void expect(read(day, volume(day, [{ slice: slice(list, "volume"), from: 0, to: 6 }]))).toEqual([null, 0, 0, 200, 0, 1]));
  });
});
