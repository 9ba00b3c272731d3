/** Random strategies of the whole language, read as the builder reads them and written as it writes them. */
import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { readDocument, withCopy, withItem, withMove, withoutValue, withValue } from "../../../../src/app/builder/document.ts";
import { controlsOf, itemsOf, type Control } from "../../../../src/app/builder/fields.ts";
import { isKeys, isNone, isShown, type Keys } from "../../../../src/app/builder/forms.ts";
import { parseStrategy } from "../../../../src/core/strategy/parse.ts";
import { valueAt } from "../../../../src/core/strategy/schema-keys.ts";
import { pathText, type Path } from "../../../../src/core/strategy/text.ts";
import { beyondFor } from "../../../differential/beyond.ts";
import { languageFor } from "../../../differential/language.ts";
import { marketOf } from "../../../differential/market.ts";
import { maybeSwept } from "../../../differential/strategies.ts";

const FOLDER = join(import.meta.dirname, "../../../../strategies");
/** A market has all series, so that strategies may ask for everything. */
const MARKET = marketOf(3);
const CASES = 60;

const strategies = fc.oneof(maybeSwept(languageFor(MARKET, true)), beyondFor(MARKET)).map((json) => stringify(JSON.parse(json)));

function dataOf(text: string): Keys {
  const read = readDocument(text);
  if (!("data" in read)) throw new Error(read.problem);
  return read.data;
}

/** What runs, whatever line it stands on. */
const meaning = (text: string) => parseStrategy(text).variants;

function leaves(value: unknown, path: Path = []): Path[] {
  if (value === null || typeof value !== "object") return [path];
  return Object.entries(value).flatMap(([key, inside]) => leaves(inside, [...path, Array.isArray(value) ? Number(key) : key]));
}

/** What no control of the builder's sections shows in full. */
function unseen(data: Keys): string[] {
  const controls = controlsOf(data);
  const shown = new Set(controls.filter(({ path, field }) => (field.kind === "group" ? isNone(valueAt(data, path)) : isShown(field.kind, valueAt(data, path)))).map(({ path }) => pathText(path)));
  const under = (path: Path) => path.some((_, i) => shown.has(pathText(path.slice(0, i + 1))));
  return leaves(data).filter((path) => !["params", "sweep", "version"].includes(String(path[0])) && !under(path)).map(pathText);
}

/** The strategy anew, control by control, from an empty text. */
function rebuilt(data: Keys): string {
  const values = controlsOf(data).filter(({ field }) => field.kind !== "group").flatMap(({ path }: Control): [Path, unknown][] => (valueAt(data, path) === undefined ? [] : [[path, valueAt(data, path)]]));
  const named = ["params", "sweep"].flatMap((section): [Path, unknown][] => (isKeys(data[section]) ? Object.entries(data[section]).map(([name, value]) => [[section, name], value]) : []));
  return [...values, ...named].reduce((text, [path, value]) => withValue(text, path, value), "");
}

describe("the builder", () => {
  it("shows every value of a strategy in a control that knows its form", () => {
    fc.assert(fc.property(strategies, (text) => void expect(unseen(dataOf(text))).toEqual([])), { numRuns: CASES });
  });

  it.each(readdirSync(FOLDER).filter((file) => file.endsWith(".yaml")))("shows every value of %s", (file) => expect(unseen(dataOf(readFileSync(join(FOLDER, file), "utf8")))).toEqual([]));

  it("makes the same strategy again, value by value, from nothing", () => {
    fc.assert(fc.property(strategies, (text) => void expect(meaning(rebuilt(dataOf(text)))).toEqual(meaning(text))), { numRuns: CASES / 3 });
  });

  it("leaves the strategy as it is when a value is taken out and put back, and when legs are copied, moved and deleted", () => {
    fc.assert(
      fc.property(strategies, fc.nat(), (text, pick) => {
        const data = dataOf(text);
        const present = controlsOf(data).filter(({ path, field }) => field.kind !== "group" && valueAt(data, path) !== undefined);
        const { path } = present[pick % present.length];
        expect(meaning(withValue(withoutValue(text, path), path, valueAt(data, path)))).toEqual(meaning(text));
        const list = ["entry", "legs"];
        const legs = itemsOf(valueAt(data, list)).length;
        if (legs === 0) return;
        const there = withMove(withCopy(text, list, 0), list, 1, legs);
        expect(meaning(withoutValue(there, [...list, legs]))).toEqual(meaning(text));
        expect(parse(withItem(text, list, legs, { cp: "FUT", lots: 1 })).entry.legs).toEqual([...itemsOf(valueAt(data, list)), { cp: "FUT", lots: 1 }]);
      }),
      { numRuns: CASES },
    );
  });
});
