import { describe, expect, it } from "vitest";
import type { DayChunk } from "../../../src/data/catalogue/types.ts";
import { joinPortions } from "../../../src/pool/portions.ts";

const chunk = (symbol: string, ...dates: number[]): DayChunk => ({ symbol, dates, files: [], facts: [], zones: {}, kinds: {}, barLabel: "start" });
const words = (portions: ReturnType<typeof joinPortions>) => portions.map(({ dates, chunks }) => `${dates.join()}: ${chunks.map(({ symbol, dates: own }) => `${symbol} ${own.join()}`).join(" | ")}`);

describe("joinPortions", () => {
  it("leaves the chunks of one symbol as they are", () => {
    expect(words(joinPortions([{ chunks: [chunk("A", 1, 2), chunk("A", 3)], dates: new Set([1, 2, 3]) }]))).toEqual(["1,2: A 1,2", "3: A 3"]);
  });

  it("puts every date of all symbols into one portion, cut by the symbol with the most chunks", () => {
    const a = { chunks: [chunk("A", 1, 2), chunk("A", 3, 4), chunk("A", 5)], dates: new Set([1, 2, 3, 4, 5]) };
    const b = { chunks: [chunk("B", 2, 3), chunk("B", 4, 6)], dates: new Set([2, 3, 4, 6]) };
    const portions = joinPortions([b, a]);
    expect(words(portions)).toEqual(["1,2: B 2 | A 1,2", "3,4: B 3 | B 4 | A 3,4", "5: A 5", "6: B 6"]);
    const all = portions.flatMap(({ dates }) => dates);
    expect(new Set(all).size).toBe(all.length);
  });

  it("leaves out dates that nobody wants", () => {
    expect(words(joinPortions([{ chunks: [chunk("A", 1, 2), chunk("A", 3)], dates: new Set([2]) }]))).toEqual(["2: A 2"]);
  });
});
