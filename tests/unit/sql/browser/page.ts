/** Passes what a test asks, and the file in the page's input, to the worker. */
import * as Comlink from "comlink";
import { startFromBlob } from "../../../../src/pool/blob-host.ts";
import type { SqlProbe } from "./worker.ts";
import workerUrl from "./worker.ts?worker&url";

/** Under the page's policy, as in the product: without eval, with this origin alone. */
const probe = Comlink.wrap<SqlProbe>(startFromBlob(new URL(workerUrl, location.href).href, "sql"));
const input = document.querySelector("input") as HTMLInputElement;

Object.assign(window, {
  readBoth: (columns: string[], rowGroups?: number[]) => probe.readBoth(input.files![0], columns, rowGroups),
  readAgain: (columns: string[]) => probe.readAgain(columns),
  preview: (rows: number) => probe.preview(input.files![0], rows),
  parquet: () => probe.parquet(),
  query: (sql: string) => probe.query(sql),
});
