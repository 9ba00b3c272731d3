/** Texts of a column as numbers, beside the texts themselves. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { TextCodes } from "../../../src/data/text-codes.ts";

/** Of few letters and lengths, so that neighbours are equal, of one length, or the same letter again and again. */
const texts = fc.array(fc.tuple(fc.string({ unit: fc.constantFrom("a", "b", "ö"), maxLength: 3 }), fc.integer({ min: 1, max: 4 })), { maxLength: 40 }).map((runs) => runs.flatMap(([text, times]) => Array.from({ length: times }, () => text)));

it("numbers texts in the order in which they appear, repeated ones alike", () => {
  fc.assert(
    fc.property(texts, texts, fc.integer({ min: 0, max: 3 }), (first, second, gap) => {
      const known = new TextCodes();
      const codes = new Int32Array(first.length + gap + second.length).fill(-7);
      add(known, first, codes, 0);
      add(known, second, codes, first.length + gap);
      const all = [...first, ...second];
      expect(known.dictionary).toEqual([...new Set(all)]);
      expect([...codes]).toEqual([...first.map((text) => known.dictionary.indexOf(text)), ...Array.from({ length: gap }, () => -7), ...second.map((text) => known.dictionary.indexOf(text))]);
    }),
    { numRuns: 500 },
  );
});

/** As a column stores them: one after another, with bytes before the first that are none of theirs. */
function add(known: TextCodes, texts: readonly string[], codes: Int32Array, at: number): void {
  const encoder = new TextEncoder();
  const stored = ["aa", ...texts].map((text) => encoder.encode(text));
  const offsets = Int32Array.from({ length: texts.length + 1 }, (_, i) => stored.slice(0, i + 1).reduce((sum, { length }) => sum + length, 0));
  known.addAll(Uint8Array.from(stored.flatMap((bytes) => [...bytes])), offsets, texts.length, codes, at);
}
