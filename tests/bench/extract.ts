/** Reading contract files to grids, alone in one thread: what native peers are asked to do, too. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { checksumOf } from "../../src/core/grid/packed-slice.ts";
import { buildGrid, GRID_ARRAYS, strideOf } from "../../src/core/engine/day-grids.ts";
import { instantiateKernels } from "../../src/core/kernels.ts";
import { defaultRules } from "../../src/core/market/rules.ts";
import type { Session } from "../../src/core/market/types.ts";
import type { DayNumber } from "../../src/core/time.ts";
import { mapBounded } from "../../src/data/bounded.ts";
import { CONTRACT_LANES } from "../../src/data/day-data.ts";
import { openNodeFolder } from "../../src/data/folder-node.ts";
import { createParquetWasmReader } from "../../src/data/parquet-wasm-reader.ts";
import { sessionLookup } from "../../src/data/session-of.ts";
import { sliceFiles } from "../../src/data/slice-files.ts";
import { gridOf, rowsOfDay, type PeerRows } from "./peers/peer-grid.ts";

/** A contract's file and the dates on which it is wanted, ascending. */
export interface ContractFile {
  /** Below the folder. */
  readonly path: string;
  readonly symbol: string;
  readonly dates: readonly DayNumber[];
}

/** Reads all files to the grids of their dates; `take` gets each grid as it is made: the five arrays of assembly/grid.ts as bytes. */
export type Extract = (files: readonly ContractFile[], take?: (grid: Uint8Array) => void) => Promise<void>;

const sessionOf = sessionLookup(defaultRules);
function sessionOn(date: DayNumber): Session {
  const session = sessionOf(date);
  if (!session) throw new Error(`day ${date} of the benchmark has no session`);
  return session;
}

/** The product's own path: it fetches some files while it decodes one. */
export async function straddleExtract(module: WebAssembly.Module, root: string): Promise<Extract> {
  const kernels = instantiateKernels(module);
  const reader = await createParquetWasmReader(readFileSync(createRequire(import.meta.url).resolve("parquet-wasm/esm/parquet_wasm_bg.wasm")));
  const folder = await openNodeFolder(root);
  const context = { folder, reader, kernels, sessionOf, zones: { raw: "ist-wall" }, kinds: { raw: "snapshot" }, barLabel: "start", barSpans: {}, fields: [] } as const;
  return async (files, take) => {
    await mapBounded(files, CONTRACT_LANES, async ({ path, symbol, dates }) => {
      const { slices } = await sliceFiles(context, [{ path, symbol, layout: "raw", kind: "option" }], dates[0], dates[dates.length - 1]);
      for (const date of dates) {
        const session = sessionOn(date);
        const slice = slices.get(date);
        if (!slice) throw new Error(`${path} has no row on day ${date}`);
        kernels.scoped(() => {
          const { pointer, stride } = buildGrid(kernels, slice, session, strideOf(session), "price");
          take?.(kernels.u8.subarray(pointer, pointer + GRID_ARRAYS * stride * 4));
        });
      }
    });
  };
}

/** A peer that gives the rows of a file, to the same grids. */
export function peerExtract(root: string, rowsOf: (path: string) => Promise<PeerRows>): Extract {
  return async (files, take) => {
    for (const { path, dates } of files) {
      const rows = await rowsOf(join(root, path));
      for (const date of dates) {
        const grid = gridOf(rows, rowsOfDay(rows, date), sessionOn(date));
        take?.(new Uint8Array(grid.buffer));
      }
    }
  };
}

export interface Extracted {
  /** Of the median pass. */
  readonly milliseconds: number;
  /** Over all grids. */
  readonly checksum: string;
}

/** Passes that are timed, after one that is not and gives the checksum. */
export const EXTRACT_PASSES = 3;

export async function timedExtract(module: WebAssembly.Module, extract: Extract, files: readonly ContractFile[]): Promise<Extracted> {
  const kernels = instantiateKernels(module);
  const sums: number[] = [];
  await extract(files, (grid) => sums.push(checksumOf(kernels, grid)));
  // Grids come in the order in which their files were read.
  const checksum = checksumOf(kernels, new Uint8Array(Uint32Array.from(sums).sort().buffer)).toString(16).padStart(8, "0");
  const times: number[] = [];
  for (let pass = 0; pass < EXTRACT_PASSES; pass++) {
    const started = performance.now();
    await extract(files);
    times.push(performance.now() - started);
  }
  return { milliseconds: times.sort((a, b) => a - b)[EXTRACT_PASSES >> 1], checksum };
}
