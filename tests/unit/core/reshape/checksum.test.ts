import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hashText, TableSums, type SummedColumn } from "../../../../src/core/reshape/checksum.ts";
import { TakenRows } from "../../../../src/core/reshape/taken-rows.ts";
import { testKernels } from "../../../support/memory-day.ts";

const kernels = testKernels();

/** Values of two words by row; null for none. */
type Values = readonly (readonly [low: number, high: number] | null)[];

function stored(values: Values): SummedColumn {
  const words = new Int32Array(values.length * 2);
  const valid = new Uint8Array((values.length + 7) >> 3);
  values.forEach((value, row) => {
    words.set(value ?? [123, 456], row * 2);
    if (value) valid[row >> 3] |= 1 << (row & 7);
  });
  return { words, perValue: 2, ...(values.includes(null) && { valid }) };
}

function sumsOf(parts: readonly { readonly values: Values; readonly rows: readonly number[] }[]): Readonly<Record<string, string>> {
  const sums = new TableSums(kernels);
  for (const { values, rows } of parts) sums.add(new TakenRows(Int32Array.from(rows), Int32Array.from(rows, (_, i) => i)), new Map([["a", stored(values)], ["b", { hashes: Int32Array.from(rows, (row) => hashText(`row ${values[row]}`)) }], ["c", { value: Int32Array.of(7) }]]));
  return sums.result();
}

const everyRow = (values: Values): number[] => values.map((_, row) => row);
const VALUE = fc.tuple(fc.integer(), fc.integer());
const VALUES = fc.array(fc.option(VALUE, { freq: 4 }), { minLength: 2, maxLength: 70 });

describe("the sums of a table", () => {
  it("are the same in whatever order and pieces its rows come", () => {
    fc.assert(
      fc.property(VALUES, fc.integer({ min: 0, max: 69 }), fc.infiniteStream(fc.nat()), (values, cut, order) => {
        const rows = everyRow(values);
        const whole = sumsOf([{ values, rows }]);
        expect(sumsOf([{ values, rows: rows.slice(cut) }, { values, rows: rows.slice(0, cut) }].filter(({ rows }) => rows.length > 0))).toEqual(whole);
        const keys = rows.map(() => order.next().value as number);
        const mixed = [...rows].sort((a, b) => keys[a] - keys[b]);
        expect(sumsOf([{ values, rows: mixed }])).toEqual(whole);
        expect(sumsOf([{ values: mixed.map((row) => values[row]), rows }])).toEqual(whole);
      }),
      { numRuns: 200, seed: 6 },
    );
  });

  it("are those of the values, not of where they lie: two words as one, and a null whatever stands below it", () => {
    const values: Values = [[1, 2], null, [3, 4], [5, 6], [7, 8]];
    const { words } = stored(values) as { words: Int32Array };
    const sums = new TableSums(kernels);
    words.set([99, 99], 2);
    sums.add(TakenRows.all(5), new Map([["a", { words, perValue: 2, valid: Uint8Array.of(0b11101) }]]));
    expect(sums.result().a).toBe(sumsOf([{ values, rows: everyRow(values) }]).a);
  });

  it("see a value that is changed, lost or doubled, and two that have changed places between rows", () => {
    fc.assert(
      fc.property(VALUES, fc.nat(), VALUE, (values, pick, other) => {
        const [rows, at] = [everyRow(values), pick % values.length];
        const whole = sumsOf([{ values, rows }]);
        fc.pre(values[at]?.join() !== other.join());
        const changed = sumsOf([{ values: values.with(at, other), rows }]);
        expect(changed.a).not.toBe(whole.a);
        expect(changed["*"]).not.toBe(whole["*"]);
        expect(sumsOf([{ values, rows: rows.filter((row) => row !== at) }])["*"]).not.toBe(whole["*"]);
        expect(sumsOf([{ values, rows: [...rows, at] }])["*"]).not.toBe(whole["*"]);
      }),
      { numRuns: 200, seed: 7 },
    );
    const apart = (first: readonly number[], second: readonly number[]) => {
      const sums = new TableSums(kernels);
      sums.add(TakenRows.all(2), new Map([["a", { words: Int32Array.from(first), perValue: 1 }], ["b", { words: Int32Array.from(second), perValue: 1 }]]));
      return sums.result();
    };
    const [asItWas, beside] = [apart([1, 2], [3, 4]), apart([1, 2], [4, 3])];
    expect([beside.a, beside.b]).toEqual([asItWas.a, asItWas.b]);
    expect(beside["*"]).not.toBe(asItWas["*"]);
  });
});
