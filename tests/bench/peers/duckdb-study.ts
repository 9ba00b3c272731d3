import { DuckDBInstance } from "@duckdb/node-api";
import type { StudyAnswer } from "../study.ts";

/** docs/studies.md in SQL, as far as files with a row in every second need it; rows are filtered before anything else is done. */
const studySql = (paths: readonly string[]) => `
WITH rows AS (
  SELECT epoch_us(timestamp) // 1000000 AS t, price FROM read_parquet([${paths.map((path) => `'${path.replaceAll("'", "''")}'`).join()}])
), inside AS (
  SELECT t // 86400 AS d, t % 86400 >= 40000 AS late, t, price FROM rows
  WHERE t // 86400 % 7 = 4 AND (t % 86400 BETWEEN 33300 AND 33599 OR t % 86400 BETWEEN 55200 AND 55799)
), moves AS (
  SELECT *, ln(price / lag(price) OVER (PARTITION BY d, late ORDER BY t)) AS move FROM inside
), windows AS (
  SELECT d, late, (arg_max(price, t) / arg_min(price, t) - 1) * 100 AS return, (max(price) - min(price)) / arg_min(price, t) * 100 AS range, 100 * sqrt(sum(move * move)) AS rv FROM moves GROUP BY d, late
)
SELECT late, count(*)::INTEGER AS days, avg(return) AS mean, median(return) AS median, stddev_samp(return), mad(return), quantile_cont(return, 0.75) - quantile_cont(return, 0.25), skewness(return), min(return), max(return),
  avg(range), median(range), stddev_samp(range), mad(range), avg(rv), median(rv), stddev_samp(rv), mad(rv), count(*) FILTER (return > 0), count(*) FILTER (return < 0)
FROM windows GROUP BY late ORDER BY late`;

/** Native DuckDB on one thread. */
export async function duckdbStudy(paths: readonly string[]): Promise<() => Promise<StudyAnswer>> {
  const connection = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
  const sql = studySql(paths);
  return async () => (await connection.runAndReadAll(sql)).getRows().map((row): StudyAnswer[number] => [Number(row[1]), Number(row[2]), Number(row[3])]);
}
