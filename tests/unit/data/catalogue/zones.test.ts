import { describe, expect, it } from "vitest";
import { decidedZones, decideZone } from "../../../../src/data/catalogue/zones.ts";

const probe = (rows: number, ist: number, utc: number, arrowZone?: string) => ({ rows, ist, utc, ...(arrowZone !== undefined && { arrowZone }) });

describe("the clock zone of a layout (semantics §1.2)", () => {
  it("is IST where at least 95 % lie in the Indian day and fewer in the UTC one", () => {
    expect(decideZone("raw", [probe(100, 95, 94)], undefined)).toEqual({ layout: "raw", zone: "ist-wall", source: "measured", istShare: 0.95, utcShare: 0.94 });
  });

  it("is UTC the other way round", () => {
    expect(decideZone("raw", [probe(100, 94, 95)], undefined).zone).toBe("utc");
  });

  it.each([["neither", 94, 94], ["both", 95, 95]])("asks where %s reach 95 %%", (_, ist, utc) => {
    expect(decideZone("raw", [probe(100, ist, utc)], undefined).zone).toBe("ask");
  });

  it("counts rows, not files", () => {
    expect(decideZone("raw", [probe(1_000, 1_000, 0), probe(10, 0, 10), probe(0, 0, 0)], undefined).zone).toBe("ist-wall");
    expect(decideZone("raw", [probe(100, 100, 0), probe(10, 0, 10)], undefined).zone).toBe("ask");
  });

  it("asks where no row has a clock", () => {
    expect(decideZone("raw", [probe(0, 0, 0)], undefined)).toEqual({ layout: "raw", zone: "ask", source: "measured" });
  });

  it("takes the instants of a named zone for true", () => {
    expect(decideZone("packed", [probe(0, 0, 0, "Asia/Kolkata"), probe(0, 0, 0, "Asia/Kolkata")], undefined)).toEqual({ layout: "packed", zone: "utc", source: "arrow" });
  });

  it("does not take UTC for a named zone", () => {
    expect(decideZone("raw", [probe(100, 100, 0, "UTC")], undefined).zone).toBe("ist-wall");
    expect(decideZone("raw", [probe(100, 100, 0, "Etc/UTC"), probe(100, 100, 0, "+00:00")], undefined).zone).toBe("ist-wall");
  });

  it("measures the files without a zone where only some name one", () => {
    expect(decideZone("raw", [probe(0, 0, 0, "Asia/Kolkata"), probe(100, 100, 0)], undefined)).toMatchObject({ zone: "ist-wall", source: "measured" });
  });

  it("gives way to the user's choice, and still shows what was measured", () => {
    expect(decideZone("raw", [probe(100, 100, 0)], "utc")).toEqual({ layout: "raw", zone: "utc", source: "chosen", istShare: 1, utcShare: 0 });
  });

  it("hands only decided zones to workers", () => {
    expect(decidedZones([{ layout: "raw", zone: "ask", source: "measured" }, { layout: "packed", zone: "utc", source: "arrow" }])).toEqual({ packed: "utc" });
  });
});
