/** Semantics §2: nothing from a later second is ever visible at s. The product, on data truncated after s, decides the same up to s. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../../src/core/sample/random.ts";
import { TRADE_COLUMNS } from "../reference/rows-out.ts";
import { runProduct } from "../support/product.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { eraOf, marketOf, writeMarket } from "./market.ts";
import { strategyFor } from "./strategies.ts";
import { truncated } from "./truncate.ts";

const MOMENTS = 200;
const PER_STRATEGY = 4;

const column = (name: (typeof TRADE_COLUMNS)[number]) => TRADE_COLUMNS.indexOf(name);
const AT_ENTRY = TRADE_COLUMNS.slice(0, column("entry_px") + 1).map(column);

type Rows = readonly (readonly string[])[];

function clock(second: number): string {
  return new Date(second * 1000).toISOString().slice(11, 19);
}

/** What was known by `moment`: fills of entries, decisions of exits, fills of exits. */
function knownTrades(trades: Rows, moment: string): string[] {
  return trades.filter((row) => row[column("ts_entry")] <= moment).map((row) => {
    const entry = AT_ENTRY.map((i) => row[i]).join(",");
    const decided = row[column("decision_exit")] <= moment ? ` ${row[column("decision_exit")]} ${row[column("reason_exit")]}` : "";
    const filled = decided !== "" && row[column("ts_exit")] <= moment ? ` ${row.slice(column("ts_exit")).join(",")}` : "";
    return entry + decided + filled;
  });
}

/** Skips whose waiting had ended by `moment`: an order's, or after a rebalance's last closing fill. */
function knownSkips(skips: Rows, trades: Rows, date: string, second: number, wait: number): string[] {
  const closed = (decided: string) => trades.filter((row) => row[column("decision_exit")] === decided).map((row) => row[column("ts_exit")]);
  const limit = `${date} ${clock(second - wait)}`;
  return skips.filter((row) => [row[2], ...closed(row[2])].every((moment) => moment <= limit)).map((row) => row.join(","));
}

describe("look-ahead", () => {
  it(`decides the same up to s when nothing after s is there, at ${MOMENTS} random s`, async () => {
    const random = new Random("look-ahead");
    let compared = 0;
    let decisions = 0;
    for (let market = 0; compared < MOMENTS; market++) {
      const made = marketOf(market);
      const folder = tempFolder();
      writeMarket(folder, made);
      for (const strategy of fc.sample(strategyFor(eraOf(market)), { numRuns: 3, seed: market })) {
        const { fill } = JSON.parse(strategy) as { fill: { latency: number; patience: number } };
        const wait = fill.latency + fill.patience;
        const whole = await runProduct(folder, strategy);
        if (whole.trades.length === 0) continue;
        for (let i = 0; i < PER_STRATEGY && compared < MOMENTS; i++) {
          // Near a moment of a trade, where a decision could be wrong; s itself is any second around it.
          const trade = whole.trades[random.integer(0, whole.trades.length - 1)];
          const [date, near] = trade[column(random.chance(0.5) ? "ts_entry" : "decision_exit")].split(" ");
          const [h, m, sec] = near.split(":").map(Number);
          const second = h * 3600 + m * 60 + sec + random.integer(-20, 20);
          const moment = `${date} ${clock(second)}`;
          const cut = tempFolder();
          writeMarket(cut, truncated(made, date, second));
          const seen = await runProduct(cut, strategy);
          const context = `market ${market}, ${moment}, ${strategy}`;
          expect(knownTrades(seen.trades, moment), context).toEqual(knownTrades(whole.trades, moment));
          expect(knownSkips(seen.skips, whole.trades, date, second, wait), context).toEqual(knownSkips(whole.skips, whole.trades, date, second, wait));
          expect(seen.notRun.filter(([day]) => day <= date), context).toEqual(whole.notRun.filter(([day]) => day <= date));
          compared++;
          decisions += knownTrades(whole.trades, moment).length;
        }
      }
    }
    expect(decisions).toBeGreaterThan(MOMENTS);
  }, 600_000);
});
