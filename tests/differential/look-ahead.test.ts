/** Semantics §2: nothing from a later second is ever visible at s. The product, on data truncated after s, decides the same up to s. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Random } from "../../src/core/sample/random.ts";
import { clockOf, secondOf } from "../reference/dates.ts";
import { runReference } from "../reference/engine.ts";
import { readFolder } from "../reference/read-folder.ts";
import { runProduct } from "../support/product.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { column, knownSkips, knownTrades, type Rows } from "./known.ts";
import { eraOf, marketOf, writeMarket } from "./market.ts";
import { strategyFor } from "./strategies.ts";
import { truncated } from "./truncate.ts";

const MOMENTS = 200;
const PER_STRATEGY = 4;

interface Run {
  readonly trades: Rows;
  readonly skips: Rows;
  readonly notRun: Rows;
}

/** Runs an engine on whole and on truncated data; gives the moments at which it decided otherwise, and how much was compared. */
async function compareTruncated(run: (folder: string, strategy: string) => Promise<Run>, moments: number): Promise<{ readonly decisions: number; readonly differing: readonly string[] }> {
  const random = new Random("look-ahead");
  const differing: string[] = [];
  let compared = 0;
  let decisions = 0;
  for (let market = 0; compared < moments; market++) {
    const made = marketOf(market);
    const folder = tempFolder();
    writeMarket(folder, made);
    for (const strategy of fc.sample(strategyFor(eraOf(market)), { numRuns: 3, seed: market })) {
      const { fill } = JSON.parse(strategy) as { fill: { latency: number; patience: number } };
      const whole = await run(folder, strategy);
      if (whole.trades.length === 0) continue;
      for (let i = 0; i < PER_STRATEGY && compared < moments; i++) {
        // Near a moment of a trade, where a decision could be wrong.
        const trade = whole.trades[random.integer(0, whole.trades.length - 1)];
        const [date, near] = trade[column(random.chance(0.5) ? "ts_entry" : "decision_exit")].split(" ");
        const second = secondOf(near) + random.integer(-20, 20);
        const cut = tempFolder();
        writeMarket(cut, truncated(made, date, second));
        const seen = await run(cut, strategy);
        const known = ({ trades, skips, notRun }: Run) => [
          ...knownTrades(trades, `${date} ${clockOf(second)}`),
          ...knownSkips(skips, whole.trades, date, second, fill.latency + fill.patience),
          ...notRun.filter(([day]) => day <= date).map((row) => row.join(" ")),
        ];
        if (known(seen).join("\n") !== known(whole).join("\n")) differing.push(`market ${market}, ${date} ${clockOf(second)}, ${strategy}:\n${known(seen).join("\n")}\ninstead of\n${known(whole).join("\n")}`);
        compared++;
        decisions += known(whole).length;
      }
    }
  }
  return { decisions, differing };
}

describe("look-ahead", () => {
  it(`the product decides the same up to s when nothing after s is there, at ${MOMENTS} random s`, async () => {
    const { decisions, differing } = await compareTruncated(runProduct, MOMENTS);
    expect(differing).toEqual([]);
    expect(decisions).toBeGreaterThan(MOMENTS);
  }, 600_000);

  it("an engine that sees one second ahead is found out", async () => {
    const peeking = async (folder: string, strategy: string) => runReference(await readFolder(folder), strategy, { bug: "sees_the_next_second" });
    expect((await compareTruncated(peeking, 40)).differing.length).toBeGreaterThan(0);
  }, 600_000);
});
