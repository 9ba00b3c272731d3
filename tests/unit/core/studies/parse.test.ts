import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseStudy } from "../../../../src/core/studies/parse.ts";
import { studySchema } from "../../../../src/core/studies/schema.ts";
import { StrategyError } from "../../../../src/core/strategy/types.ts";
import { z } from "../../../../src/core/zod.ts";

const MONDAYS = 'name: Mondays\nuniverse: { symbol: banknifty }\ntime: { days: Mon }\nwindows: ["09:15-09:20", "15:20-15:30"]\n';

function problemsOf(text: string): string[] {
  try {
    parseStudy(text);
  } catch (error) {
    if (!(error instanceof StrategyError)) throw error;
    return error.problems.map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`);
  }
  throw new Error("nothing was wrong");
}

describe("a study file", () => {
  it("needs a name, a symbol and windows; all else has a default", () => {
    expect(parseStudy(MONDAYS)).toMatchObject({
      warnings: [],
      study: {
        version: 1, name: "Mondays", universe: { symbol: "BANKNIFTY", expiry: "nearest", spot: "auto" }, series: ["spot"],
        time: { from: null, to: null, days: ["Mon"], include: null, exclude: null }, windows: ["09:15-09:20", "15:20-15:30"],
        by: null, where: { gap: null, rv: null, range5: null, dte: null, expiry_day: null },
        max_age: 60, flat: 0, confidence: 95, divergence: 0.5, outliers: { mad: 3.5, iqr: 1.5 },
      },
    });
  });

  it("takes one where a list may stand", () => {
    const { study } = parseStudy('name: a\nuniverse: { symbol: NIFTY }\nwindows: "09:15-09:20"\nseries: straddle\nby: rv\nwhere: { gap: 10, expiry_day: false }');
    expect([study.windows, study.series, study.by, study.where.gap, study.where.expiry_day]).toEqual([["09:15-09:20"], ["straddle"], ["rv"], [10], false]);
  });

  it.each([
    ["windows: []", "5:1 windows"],
    ["sereis: spot", '5:1 sereis: unknown key "sereis"; did you mean "series"? Allowed here:'],
    ["series: [spot, spot]", "5:1 series: found"],
    ["by: wekday", "5:1 by: found"],
    ["where: { gap: [11] }", "5:16 where.gap[0]: found 11; allowed: at most 10"],
    ["confidence: 80", "5:1 confidence: found 80; allowed: 90, 95 or 99 percent"],
    ["outliers: { mad: 0 }", "5:13 outliers.mad: found 0; allowed: more than 0"],
    ["divergence: -1", "5:1 divergence: found -1; allowed: more than 0"],
  ])("says what is wrong with %s, and where", (line, said) => {
    const rest = line.startsWith("windows") ? MONDAYS.replace(/windows: .*\n/, "version: 1\n") : MONDAYS;
    expect(problemsOf(rest + line).join("\n")).toContain(said);
  });

  it("calls itself a study", () => {
    expect(problemsOf("[]").join()).toContain("a study is a set of keys such as name, universe, windows");
    expect(problemsOf("").join()).toContain("a study is");
  });

  it("warns of groups that are not known when a window begins", () => {
    const { warnings } = parseStudy(`${MONDAYS}by: [range5, gap]`);
    expect(warnings.map(({ line, path }) => [line, path])).toEqual([[4, "windows[0]"]]);
    expect(warnings[0].message).toContain("could not have been traded");
    expect(parseStudy(`${MONDAYS}by: [gap, rv]`).warnings).toEqual([]);
  });
});

it("has every key of the schema in docs/studies.md", () => {
  const table = readFileSync(new URL("../../../../docs/studies.md", import.meta.url), "utf8").split(/<!-- (?:keys.*|end of keys) -->\n/)[1];
  const keysOf = (schema: Keys, path: string): string[] =>
    Object.entries(schema.properties ?? {}).flatMap(([key, inside]) => (inside.properties ? keysOf(inside, `${path}${key}.`) : [`${path}${key}`]));
  const keys = keysOf(z.toJSONSchema(studySchema, { io: "input", unrepresentable: "any" }) as Keys, "");
  expect(keys.length).toBeGreaterThan(20);
  for (const key of keys) expect(table, key).toContain(`\`${key}\``);
});

interface Keys {
  readonly properties?: Readonly<Record<string, Keys>>;
}
