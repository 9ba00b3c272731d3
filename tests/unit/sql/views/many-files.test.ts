/** A folder of a hundred thousand names: a query looks at what it needs, and says when that is too much. */
import { expect, it } from "vitest";
import { defaultRules } from "../../../../src/core/market/rules.ts";
import { isoDate } from "../../../../src/core/time.ts";
import { Catalogue } from "../../../../src/data/catalogue/catalogue.ts";
import { fileQuestions } from "../../../../src/data/catalogue/file-questions.ts";
import type { CatalogueFile } from "../../../../src/data/catalogue/types.ts";
import type { DataFile, Folder } from "../../../../src/data/ports.ts";
import { openFileSource } from "../../../../src/sql/file-source-node.ts";
import { createSqlViews } from "../../../../src/sql/views/sql-views.ts";
import { memoryIndex } from "../../../support/product.ts";
import { duckdbHost } from "../../../support/sql-views.ts";

const FILES = 100_000;

it("is asked about one contract by its name alone, and refuses what is too much", async () => {
  const expiries = defaultRules.expiries("BANKNIFTY").filter(({ date }) => isoDate(date) >= "2019-01-01" && isoDate(date) < "2024-01-01");
  const paths = Array.from({ length: FILES }, (_, i) => {
    const expiry = isoDate(expiries[i % expiries.length].date);
    return `options/BANKNIFTY/${expiry.slice(0, 7).replace("-", "")}/exp=${expiry}/type=${i % 2 === 0 ? "CE" : "PE"}/strike=${20_000 + 100 * Math.floor(i / expiries.length)}.parquet`;
  });
  const looked = new Set<string>();
  const file = (path: string): DataFile => ({ path, stat: async () => (looked.add(path), { size: 1, modified: 1 }), blob: async () => new Blob(["?"]) });
  const listed = paths.map(file);
  const folder: Folder = { name: "many", list: async () => listed, file: async (path) => file(path) };
  const factsOf = ({ expiry }: CatalogueFile) => ({ size: 1, modified: 1, rows: 10, footer: "", firstDate: (expiry ?? 0) - 30, lastDate: expiry });
  const catalogue = await Catalogue.open({
    folder, rules: defaultRules, settings: {}, store: memoryIndex(),
    readFacts: async (files) => files.map(factsOf),
    probeClocks: async () => ({ rows: 100, ist: 100, utc: 0, rowKind: "snapshot" }),
  });
  expect(catalogue.summary().symbols.map(({ files }) => files)).toEqual([FILES]);
  const views = createSqlViews({
    host: duckdbHost(), folder, openSource: openFileSource, questions: fileQuestions(() => catalogue), rules: defaultRules, memoryMb: 1_024, mostFiles: 2_000,
    runs: { list: async () => [], trades: async () => undefined },
    machine: () => Promise.reject(new Error("nothing is worked out here")),
  });
  looked.clear();
  const most = { rows: 1_000, bytes: 1e6 };
  await expect(views.ask("SELECT count(*) FROM options", most)).rejects.toThrow(/^the query may need rows of 1,00,000 files of "options", and at most 2,000 are opened for one/);
  await expect(views.ask("SELECT count(*) FROM options WHERE strike BETWEEN 21000 AND 22500", most)).rejects.toThrow(/may need rows of \d,\d{3} files/);
  expect(looked.size).toBe(0);

  const started = performance.now();
  const { files, notes } = await views.ask(`SELECT count(*) FROM options WHERE expiry = DATE '${isoDate(expiries[7].date)}' AND strike = 21000`, most);
  expect(files[0].known).toBe(FILES);
  expect(looked.size).toBeLessThanOrEqual(2);
  // What stands under these names is no Parquet.
  expect(notes.every((note) => /is left out: this is no Parquet file/.test(note))).toBe(true);
  expect(notes.length).toBe(looked.size);
  // A second would be long for a query that looks at a file or two; the machine may be busy.
  expect(performance.now() - started).toBeLessThan(20_000);

  // Of a date only what may still trade then is looked at.
  looked.clear();
  const late = expiries[expiries.length - 2].date;
  await expect(views.ask(`SELECT count(*) FROM options WHERE date = DATE '${isoDate(late)}' AND cp = 'CE' AND strike = 21000`, most)).resolves.toMatchObject({ rows: 1 });
  expect(looked.size).toBeLessThanOrEqual(2);

  looked.clear();
  const day = isoDate(expiries[100].date - 2);
  await expect(views.ask(`SELECT count(*) FROM options WHERE date = DATE '${day}' AND strike < 0`, most)).resolves.toMatchObject({ rows: 1 });
  expect(looked.size).toBe(0);
});
