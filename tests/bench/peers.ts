/** The product beside native peers: the same contract-days of the same files to the same grids, in one run and one process. */
import { EXTRACT_PASSES, peerExtract, straddleExtract, timedExtract, type ContractFile, type Extract } from "./extract.ts";
import type { Measurement } from "./measurement.ts";
import { DUCKDB, duckdbRows } from "./peers/duckdb.ts";
import { openPolars } from "./peers/polars.ts";

/** Measured in Numba and C beside this project, on the same kind of data, Parquet read by native DuckDB: not measured here. */
const QUOTED: readonly Measurement[] = [
  { name: "contract-day to grid, raw files of several days", where: "DuckDB + Numba, quoted", value: 3.2, unit: "ms", over: "one thread, nearly all of it Parquet; 1.7 in two processes" },
  { name: "stop, target and trail of 4 legs over 22,500 seconds", where: "Numba, quoted", value: 15, unit: "µs", over: "SIMD blocks of 256 seconds; 39 plain" },
  { name: "stop, target and trail of 4 legs over 22,500 seconds", where: "C, quoted", value: 13, unit: "µs", over: "SIMD blocks of 256 seconds; 33 plain" },
];

/** Throws where two of them make different grids. */
export async function measurePeers(kernels: WebAssembly.Module, root: string, files: readonly ContractFile[]): Promise<Measurement[]> {
  const polars = openPolars();
  const all: readonly { readonly where: string; readonly extract: Extract; readonly goal?: number }[] = [
    { where: "Straddle, 1 thread", extract: await straddleExtract(kernels, root), goal: 5 },
    { where: `${DUCKDB}, 1 thread`, extract: peerExtract(root, await duckdbRows(1)) },
    { where: `${DUCKDB}, 2 threads`, extract: peerExtract(root, await duckdbRows(2)) },
    { where: `${polars.name}, all threads`, extract: peerExtract(root, polars.rows) },
  ];
  const contractDays = files.reduce((sum, { dates }) => sum + dates.length, 0);
  const measurements: Measurement[] = [];
  const checksums = new Set<string>();
  for (const { where, extract, goal } of all) {
    const { milliseconds, checksum } = await timedExtract(kernels, extract, files);
    checksums.add(checksum);
    const over = `${contractDays} contract-days of ${files.length} files, median of ${EXTRACT_PASSES}, grids ${checksum}`;
    measurements.push({ name: "contract-day to grid, raw files of several days", where, value: milliseconds / contractDays, unit: "ms", over, ...(goal !== undefined && { goal }) });
  }
  if (checksums.size > 1) throw new Error(`The grids differ: ${measurements.map(({ where, over }) => `${where}: ${over}`).join("; ")}`);
  return [...measurements, ...QUOTED];
}
