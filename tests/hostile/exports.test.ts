/** No cell of a CSV that leaves the product begins as a formula, whatever texts it was given, and every text can be read out of it again. */
import { makeData, makeVector, Table, Utf8, vectorFromArray } from "apache-arrow";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayReportCsv, daysCsv } from "../../src/core/health/report.ts";
import type { DayHealth, InstrumentReport } from "../../src/core/health/day-health.ts";
import { csvCell } from "../../src/core/results/csv-cell.ts";
import { positionsCsv } from "../../src/core/results/positions-csv.ts";
import { skipsCsv } from "../../src/core/results/skips-csv.ts";
import { tradesCsv } from "../../src/core/results/trades-csv.ts";
import { studyCsv } from "../../src/core/studies/tables.ts";
import { QueryTable } from "../../src/data/query-table.ts";
import { tradeTable } from "../unit/core/results/trades.ts";
import { anyText, cases } from "./fuzz.ts";

/** Cells of a CSV by RFC 4180, by a reader of its own. */
function cellsOf(csv: string): string[][] {
  const rows: string[][] = [[]];
  let cell = "";
  let quoted = false;
  const end = () => (rows[rows.length - 1].push(cell), (cell = ""));
  for (let i = 0; i < csv.length; i++) {
    const char = csv[i];
    if (quoted && char === '"' && csv[i + 1] === '"') (cell += '"'), i++;
    else if (char === '"') quoted = !quoted;
    else if (!quoted && char === ",") end();
    else if (!quoted && char === "\n") end(), rows.push([]);
    else cell += char;
  }
  expect(quoted).toBe(false);
  rows.pop();
  return rows;
}

const IS_NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;
const isFormula = (cell: string): boolean => /^[=+\-@\t\r\n＝＋－＠]/.test(cell) && !IS_NUMBER.test(cell);

/** What the files look like when such a text stands wherever a text can stand. */
const EXPORTS: readonly (readonly [name: string, of: (text: string) => string])[] = [
  ["trades", (text) => [...tradesCsv(tradeTable([{ date: 19_955, pnl: -5 }]), { variants: [text], symbols: [text] }, text)].join("")],
  ["positions", (text) => [...positionsCsv(tradeTable([{ date: 19_955, pnl: -5 }]), { variants: [text], symbols: [text] }, text)].join("")],
  ["skips", (text) => skipsCsv([{ variant: 0, date: 19_955, first: 33_300, last: 33_301, count: 1, windowId: 1, reason: "no_quote" as never }], { variants: [text], symbols: [text] })],
  ["a study", (text) => studyCsv([{ name: "series", type: "text", values: [text, "spot"] }, { name: "value", type: "number", values: [-0.5, null] }])],
  ["days of data health", (text) => daysCsv([{ day: { symbol: text, date: 19_955, session: "ordinary", flags: {}, problems: [] } as unknown as DayHealth, quarantine: [text] }])],
  ["a day of data health", (text) => dayReportCsv({ date: 19_955 } as DayHealth, [{ kind: "option", files: [text], contract: { symbol: text, expiry: 19_956, strike: 50_000, cp: "CE" }, day: { flags: {} } } as unknown as InstrumentReport])],
  ["a query", (text) => [...new QueryTable(new Table({ [text]: texts([text]), n: vectorFromArray([-1.5e-7]) })).csvLines(csvCell)].join("")],
];

function texts(values: readonly string[]) {
  const bytes = values.map((value) => new TextEncoder().encode(value));
  const valueOffsets = Int32Array.from([0, ...bytes.map((_, i) => bytes.slice(0, i + 1).reduce((sum, { length }) => sum + length, 0))]);
  return makeVector(makeData({ type: new Utf8(), length: values.length, nullCount: 0, valueOffsets, data: Uint8Array.from(bytes.flatMap((one) => [...one])) }));
}

describe.each(EXPORTS)("the CSV of %s", (_name, of) => {
  it("holds no formula, and as many cells in every line as in its first", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, fc.tuple(fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", "＝", '"=', ",="), anyText).map(([sign, text]) => sign + text)), (hostile) => {
        // Bytes that are no text cannot be stored as one.
        const text = hostile.toWellFormed();
        const rows = cellsOf(of(text));
        for (const row of rows) expect(row.length).toBe(rows[0].length);
        expect(rows.flat().filter(isFormula)).toEqual([]);
        expect(rows.flat().map((cell) => cell.replace(/^'/, ""))).toEqual(expect.arrayContaining([expect.stringContaining(text.replace(/^'/, ""))]));
      }),
      cases(200),
    );
  });
});

it("leaves numbers numbers", () => {
  for (const number of ["-1", "-0.05", "-1e-7", "1.5E+21", "3"]) expect(csvCell(number)).toBe(number);
});
