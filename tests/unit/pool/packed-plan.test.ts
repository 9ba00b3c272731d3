import { describe, expect, it } from "vitest";
import type { CatalogueFile, DayChunk, FileFacts } from "../../../src/data/catalogue/types.ts";
import { packPlan, unpackChunk, type DayPlan } from "../../../src/pool/packed-plan.ts";
import { cpuTime } from "../../support/cpu-time.ts";

const file = (path: string): CatalogueFile => ({ path, layout: "raw", kind: "option", symbol: "BANKNIFTY", expiry: 19_956, strike: 50_500, cp: "CE" });
const facts = (rows: number): FileFacts => ({ size: 1, modified: 2, rows, footer: "f", dates: [19_954, 19_955], sessionDates: [19_955] });

const first: DayChunk = { symbol: "BANKNIFTY", dates: [19_954], files: [file("a"), file("ü €")], facts: [facts(3), undefined], zones: { raw: "ist-wall" }, kinds: { raw: "snapshot" }, barLabel: "start" };
const second: DayChunk = { ...first, dates: [19_955], files: [file("ü €"), file("c")], facts: [undefined, facts(4)] };
const dates = [19_954, 19_955];
const portionOf = (chunk: DayChunk) => ({ dates: chunk.dates, chunks: [chunk] });
const plan: DayPlan = { strategies: [{ kind: "planned", dates, notRun: [], uncertainRules: [] }], dates, portions: [portionOf(first), portionOf(second)], earlier: [second] };

describe("a packed plan", () => {
  it("gives every chunk back as it was", () => {
    const packed = packPlan(plan);
    expect(packed.portions.map(({ chunks: [chunk] }) => unpackChunk(chunk, packed.files))).toEqual([first, second]);
    expect(packed.earlier.map((chunk) => unpackChunk(chunk, packed.files))).toEqual([second]);
  });

  it("holds a file once, however many chunks need it", () => {
    const { files, portions } = packPlan(plan);
    expect(files.ends).toHaveLength(3);
    expect(portions.map(({ chunks: [chunk] }) => [...chunk.files])).toEqual([[0, 1], [1, 2]]);
  });

  it("may be empty", () => {
    const packed = packPlan({ ...plan, dates: [], portions: [], earlier: [] });
    expect(packed).toMatchObject({ portions: [], dates: [] });
    expect(packed.files.ends).toHaveLength(0);
  });

  it("of 44,000 files crosses a thread in a few milliseconds", () => {
    const files = Array.from({ length: 44_000 }, (_, i) => file(`options/banknifty${i}ce.parquet`));
    const chunks = Array.from({ length: 250 }, (_, c): DayChunk => ({ ...first, files: files.slice(c * 170, c * 170 + 850), facts: files.slice(c * 170, c * 170 + 850).map(() => facts(c)) }));
    const crossing = (): number => {
      const packed = packPlan({ ...plan, portions: chunks.map(portionOf) });
      return cpuTime(() => structuredClone(packed, { transfer: [packed.files.text.buffer, packed.files.ends.buffer] }));
    };
    // Garbage of the tests before may be collected in one of them.
    expect(Math.min(crossing(), crossing(), crossing())).toBeLessThan(50);
  });
});
