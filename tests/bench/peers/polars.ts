import { createRequire } from "node:module";
import type pl from "nodejs-polars";
import { PEER_COLUMNS, type PeerRows } from "./peer-grid.ts";

const DAY = 86_400_000_000;
const SECOND = 1_000_000;

export interface Polars {
  readonly name: string;
  readonly rows: (path: string) => Promise<PeerRows>;
}

/** Semantics §1 in expressions, as far as these files need it; Polars takes as many threads as it likes. */
export function openPolars(): Polars {
  const require = createRequire(import.meta.url);
  const { default: polars } = require("nodejs-polars") as { readonly default: typeof pl };
  const { col, when, lit, scanParquet, Datetime, Int32, Int64 } = polars;
  const micros = (name: string) => col(name).cast(Datetime("us")).cast(Int64);
  const clock = when(micros("timestamp").gt(lit(946_684_800 * SECOND))).then(micros("timestamp")).otherwise(micros("ts"));
  const dayOf = (time: pl.Expr) => time.div(lit(DAY)).floor().cast(Int64);
  const secondOf = (time: pl.Expr) => time.sub(dayOf(time).mul(lit(DAY))).div(lit(SECOND)).floor().cast(Int64);
  const paise = (rupees: pl.Expr) => rupees.mul(lit(100)).add(lit(0.5)).floor();
  const finite = (name: string) => col(name).isFinite().and(col(name).gt(lit(0)));
  const quoted = finite("bp0").and(finite("sp0")).and(col("bp0").lt(col("sp0")));
  const at = col("clock");
  const traded = micros("lastTradeTime");
  const columns: Record<(typeof PEER_COLUMNS)[number], pl.Expr> = {
    day: dayOf(at),
    second: secondOf(at),
    price: when(finite("price")).then(paise(col("price"))).otherwise(lit(0)),
    priceSecond: when(dayOf(traded).eq(dayOf(at)).and(secondOf(traded).ltEq(secondOf(at)))).then(secondOf(traded)).otherwise(secondOf(at)),
    bid: when(quoted).then(paise(col("bp0"))).otherwise(lit(0)),
    ask: when(quoted).then(paise(col("sp0"))).otherwise(lit(0)),
  };
  return {
    name: `Polars ${(require("nodejs-polars/package.json") as { readonly version: string }).version}`,
    async rows(path) {
      const frame = await scanParquet(path)
        .withColumns(clock.alias("clock"))
        .filter(at.isNotNull())
        .sort(at, false, false, true)
        .select(...PEER_COLUMNS.map((name) => columns[name].cast(Int32).alias(name)))
        .collect();
      return Object.fromEntries(PEER_COLUMNS.map((name) => [name, frame.getColumn(name).toTypedArray() as Int32Array])) as unknown as PeerRows;
    },
  };
}
