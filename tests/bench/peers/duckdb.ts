import { DuckDBInstance, DuckDBIntegerVector, version } from "@duckdb/node-api";
import { PEER_COLUMNS, type PeerRows } from "./peer-grid.ts";

export const DUCKDB = `DuckDB ${version().slice(1)}`;

/** Semantics §1 in SQL, as far as these files need it; digits are IST wall-clock. */
const rowsSql = (path: string) => `
WITH rows AS (
  SELECT CASE WHEN epoch_us(timestamp) >= 946684800000000 THEN epoch_us(timestamp) ELSE epoch_us(ts) END AS clock, epoch_us(lastTradeTime) AS traded, price, bp0, sp0, file_row_number AS row
  FROM read_parquet('${path.replaceAll("'", "''")}', file_row_number = true)
)
SELECT
  CAST(clock // 86400000000 AS INTEGER) AS day,
  CAST(clock // 1000000 % 86400 AS INTEGER) AS second,
  CASE WHEN isfinite(price) AND price > 0 THEN CAST(round(price * 100) AS INTEGER) ELSE 0 END AS price,
  CASE WHEN traded // 86400000000 = clock // 86400000000 AND traded // 1000000 <= clock // 1000000 THEN CAST(traded // 1000000 % 86400 AS INTEGER) ELSE CAST(clock // 1000000 % 86400 AS INTEGER) END AS priceSecond,
  CASE WHEN isfinite(bp0) AND isfinite(sp0) AND bp0 > 0 AND bp0 < sp0 THEN CAST(round(bp0 * 100) AS INTEGER) ELSE 0 END AS bid,
  CASE WHEN isfinite(bp0) AND isfinite(sp0) AND bp0 > 0 AND bp0 < sp0 THEN CAST(round(sp0 * 100) AS INTEGER) ELSE 0 END AS ask
FROM rows WHERE clock IS NOT NULL ORDER BY clock, row`;

/** Native DuckDB on so many threads. */
export async function duckdbRows(threads: number): Promise<(path: string) => Promise<PeerRows>> {
  const connection = await (await DuckDBInstance.create(":memory:", { threads: String(threads) })).connect();
  return async (path) => {
    const result = await connection.run(rowsSql(path));
    const chunks = await result.fetchAllChunks();
    const rows = chunks.reduce((sum, { rowCount }) => sum + rowCount, 0);
    const columns = PEER_COLUMNS.map((name, column) => {
      const all = new Int32Array(rows);
      let at = 0;
      for (const chunk of chunks) {
        const vector = chunk.getColumnVector(column);
        if (!(vector instanceof DuckDBIntegerVector)) throw new Error(`DuckDB gave ${name} as something else than whole numbers`);
        for (let row = 0; row < chunk.rowCount; row++) all[at++] = vector.getItem(row)!;
      }
      return [name, all] as const;
    });
    return Object.fromEntries(columns) as unknown as PeerRows;
  };
}
