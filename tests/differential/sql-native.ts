/** The same views on native DuckDB over the same raw files, stated a second time: contracts come from who made the files, not from their names. */
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import { join } from "node:path";
import { defaultRules } from "../../src/core/market/rules.ts";
import type { Sample } from "../../src/core/sample/sample.ts";
import { isoDate } from "../../src/core/time.ts";

/** Rows as lists of plain values. */
export type Rows = readonly (readonly unknown[])[];

export async function nativeViews(sample: Sample, root: string): Promise<(sql: string) => Promise<Rows>> {
  const connection = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
  await connection.run("CREATE TABLE told (file VARCHAR, symbol VARCHAR, expiry DATE, strike DOUBLE, cp VARCHAR)");
  const options = sample.files.filter(({ contract }) => contract);
  await connection.run(`INSERT INTO told VALUES ${options.map(({ path, contract }) => `('${path}', '${sample.symbol}', '${isoDate(contract!.expiry)}', ${contract!.strike}, '${contract!.cp}')`).join(", ")}`);
  await connection.run("CREATE TABLE sessions (date DATE, opens INTEGER, closes INTEGER)");
  for (const { date } of sample.days) {
    const session = defaultRules.session(date);
    if (session !== undefined && session !== "closed") await connection.run(`INSERT INTO sessions VALUES ('${isoDate(date)}', ${session.open}, ${session.close})`);
  }
  await view(connection, "options", paths(root, sample, "option"), "t.symbol, t.expiry, t.strike, t.cp", "LEFT JOIN told t USING (file)", true);
  await view(connection, "spot", paths(root, sample, "spot"), `'${sample.symbol}' AS symbol`, "", false);
  await view(connection, "futures", paths(root, sample, "future"), `'${sample.symbol}' AS symbol, CAST(r.expiry AS DATE) AS expiry`, "", true);
  await connection.run("CREATE VIEW contracts AS SELECT symbol, expiry, strike, cp, file FROM told");
  return async (sql) => (await connection.runAndReadAll(sql)).getRowsJS();
}

function paths(root: string, { files }: Sample, kind: string): string {
  return `[${files.filter((file) => file.kind === kind).map(({ path }) => `'${join(root, path)}'`).join(", ")}]`;
}

/** Columns that files of a kind may lack are made NULL by a file list that has them all: `union_by_name`. */
async function view(connection: DuckDBConnection, name: string, files: string, keys: string, join: string, ticks: boolean): Promise<void> {
  const has = new Set((await connection.runAndReadAll(`SELECT column_name FROM (DESCRIBE SELECT * FROM read_parquet(${files}, union_by_name = true))`)).getRowsJS().map(([column]) => String(column)));
  const number = (column: string): string => `${has.has(column) ? `CAST(r."${column}" AS DOUBLE)` : "CAST(NULL AS DOUBLE)"} AS ${column}`;
  const moment = (column: string): string => (has.has(column) ? `CAST(r."${column}" AS TIMESTAMP)` : "CAST(NULL AS TIMESTAMP)");
  const levels = ["b", "s"].flatMap((side) => [0, 1, 2, 3, 4].flatMap((level) => [`${side}q${level}`, `${side}p${level}`, `${side}o${level}`]));
  const numbers = ["price", "qty", "avgPrice", "volume", "bQty", "sQty", "open", "high", "low", "close", "changeper"].map(number);
  const off = (column: string): string => `(isfinite(${column}) AND ${column} > 0 AND abs(${column} * 20 - round(${column} * 20)) > 0.001)`;
  const contract = name === "options" ? "symbol, expiry, strike, cp" : name === "futures" ? "symbol, expiry" : "symbol";
  const missing = (column: string): string => `(${column} IS NULL OR isnan(${column}) OR isinf(${column}) OR ${column} <= 0)`;
  await connection.run(`CREATE TABLE ${name}_rows AS
    SELECT ${keys}, CASE WHEN epoch_us(${moment("timestamp")}) >= 946684800000000 THEN ${moment("timestamp")} WHEN epoch_us(${moment("ts")}) >= 946684800000000 THEN ${moment("ts")} END AS time,
      ${numbers.join(", ")}, CASE WHEN epoch_us(${moment("lastTradeTime")}) >= 946684800000000 THEN ${moment("lastTradeTime")} END AS lastTradeTime,
      ${["oi", "oiHigh", "oiLow", ...levels, "vol_delta", "iv", "delta", "gamma", "theta", "vega"].map(number).join(", ")},
      CASE WHEN epoch_us(${moment("timestamp")}) >= 946684800000000 THEN ${moment("timestamp")} END AS timestamp, CASE WHEN epoch_us(${moment("ts")}) >= 946684800000000 THEN ${moment("ts")} END AS ts,
      r.file, r.file_row_number AS file_row, r.likeness, r.quoted
    FROM (SELECT * EXCLUDE (filename), hash(*COLUMNS(* EXCLUDE (filename, file_row_number))) AS likeness, filename IN (SELECT file_name FROM parquet_schema(${files}) WHERE name = 'bp0') AS quoted, array_to_string(list_slice(string_split(filename, '/'), -2, -1), '/') AS file FROM read_parquet(${files}, union_by_name = true, filename = true, file_row_number = true)) r ${join}`);
  await connection.run(`CREATE TABLE ${name} AS SELECT ${contract}, date, second, time, ${[...["price", "qty", "avgPrice", "volume", "bQty", "sQty", "open", "high", "low", "close", "changeper", "lastTradeTime", "oi", "oiHigh", "oiLow"], ...levels].join(", ")},
      vol_delta, iv, delta, gamma, theta, vega, timestamp, ts, file, file_row,
      CASE WHEN time IS NULL THEN 1 ELSE 0 END + CASE WHEN timestamp IS NULL AND time IS NOT NULL THEN 2 ELSE 0 END
      + CASE WHEN time IS NOT NULL AND NOT coalesce(second >= opens AND second < closes, false) THEN 4 ELSE 0 END + CASE WHEN late THEN 8 ELSE 0 END + CASE WHEN twice > 1 AND time IS NOT NULL THEN 16 ELSE 0 END
      + CASE WHEN quoted AND NOT ${missing("bp0")} AND NOT ${missing("sp0")} AND bp0 > sp0 THEN 32 WHEN quoted AND NOT ${missing("bp0")} AND NOT ${missing("sp0")} AND bp0 = sp0 THEN 64 WHEN quoted AND (${missing("bp0")} OR ${missing("sp0")}) THEN 128 ELSE 0 END
      + CASE WHEN price = 0 THEN 256 WHEN ${missing("price")} THEN 512 ELSE 0 END + CASE WHEN ${ticks} AND (${["price", "bp0", "sp0"].map((column) => `coalesce(${off(column)}, false)`).join(" OR ")}) THEN 1024 ELSE 0 END
      + CASE WHEN time IS NOT NULL AND volume >= 0 AND volume < before THEN 2048 ELSE 0 END AS quality
    FROM (SELECT r.*, CAST(time AS DATE) AS date, CAST(epoch_us(time) // 1000000 % 86400 AS INTEGER) AS second,
        time IS NOT NULL AND time < last_value(time IGNORE NULLS) OVER (PARTITION BY file${name === "futures" ? ", expiry" : ""} ORDER BY file_row ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS late,
        row_number() OVER (PARTITION BY file, time, likeness ORDER BY file_row) AS twice,
        last_value(CASE WHEN volume >= 0 THEN volume END IGNORE NULLS) OVER (PARTITION BY ${contract}, CAST(time AS DATE), time IS NULL ORDER BY time, file, file_row ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
      FROM ${name}_rows r) q LEFT JOIN sessions USING (date)`);
}
