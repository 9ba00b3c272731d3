import { createRequire } from "node:module";
import type pl from "nodejs-polars";
import type { StudyAnswer } from "../study.ts";

const WINDOWS = [[33_300, 33_599], [55_200, 55_799]] as const;

/** The same in expressions, without the realised volatility; Polars takes as many threads as it likes. */
export function polarsStudy(glob: string): () => Promise<StudyAnswer> {
  const require = createRequire(import.meta.url);
  const { default: polars } = require("nodejs-polars") as { readonly default: typeof pl };
  const { col, lit, scanParquet, Datetime, Int64 } = polars;
  return async () => {
    const t = col("timestamp").cast(Datetime("us")).cast(Int64).div(lit(1_000_000)).floor().cast(Int64);
    const inside = scanParquet(glob).select(t.alias("t"), col("price"))
      .withColumns(col("t").modulo(lit(86_400)).alias("s"), col("t").div(lit(86_400)).floor().cast(Int64).alias("d"))
      .filter(col("d").modulo(lit(7)).eq(lit(4)).and(WINDOWS.map(([from, to]) => col("s").gtEq(lit(from)).and(col("s").ltEq(lit(to)))).reduce((a, b) => a.or(b))));
    const rows = (await inside.collect()).withColumns(col("s").gt(lit(40_000)).alias("late"));
    const windows = rows.groupBy("d", "late").agg(col("price").first().alias("o"), col("price").last().alias("c"), col("price").max().alias("h"), col("price").min().alias("l"))
      .withColumns(col("c").div(col("o")).sub(lit(1)).mul(lit(100)).alias("return"), col("h").sub(col("l")).div(col("o")).mul(lit(100)).alias("range"));
    const found = windows.groupBy("late").agg(col("return").count().alias("n"), col("return").mean().alias("mean"), col("return").median().alias("median"), col("return").std().alias("sd"), col("range").mean().alias("r"), col("range").median().alias("rm")).sort("late");
    return found.toRecords().map(({ n, mean, median }): StudyAnswer[number] => [Number(n), Number(mean), Number(median)]);
  };
}
