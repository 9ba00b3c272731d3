import { Float64, Table, tableFromArrays, vectorFromArray } from "apache-arrow";
import { expect, it } from "vitest";
import { cellText, cellTitle } from "../../../../src/app/sql/cell-words.ts";
import { QueryTable, type CellValue } from "../../../../src/data/query-table.ts";

it("draws numbers in Indian grouping, those that name something as they are, and what is missing or no number as a dash", () => {
  const words = (value: CellValue, name = "price") => cellText(value, { name, kind: "number" });
  expect([words(1_234_567.5), words(50_500, "strike"), words(null), words(NaN), words(Infinity), words(-Infinity)]).toEqual(["12,34,567.5", "50500", "—", "—", "∞", "-∞"]);
  expect([cellText(true, { name: "up", kind: "truth" }), cellText("NaN", { name: "word", kind: "text" })]).toEqual(["yes", "NaN"]);
});

it("says on hover why there is a dash", () => {
  expect([cellTitle(0.1 + 0.2), cellTitle(null), cellTitle(NaN)]).toEqual(["0.30000000000000004", expect.stringMatching(/^null/), expect.stringMatching(/^Not a number/)]);
});

it("counts what is no number apart from what is missing, and leaves it in the CSV", () => {
  const table = new QueryTable(new Table({ price: vectorFromArray([1, null, NaN, NaN], new Float64()), n: tableFromArrays({ n: Int32Array.of(1, 2, 3, 4) }).getChild("n")! }));
  expect([...table.nans()]).toEqual([["price", 2]]);
  expect([...table.csvLines(String)].join("")).toBe("price,n\n1,1\n,2\nNaN,3\nNaN,4\n");
});
