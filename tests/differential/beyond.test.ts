/** Product against reference over the entries, legs and exits beyond one order, market by market, and what the cases must have met. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runReference, type ReferenceResult } from "../reference/engine.ts";
import { readFolder } from "../reference/read-folder.ts";
import { TRADE_COLUMNS } from "../reference/rows-out.ts";
import { openProduct } from "../support/product.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { beyondFor } from "./beyond.ts";
import { marketOf, writeMarket, type Market } from "./market.ts";

const MARKETS = 22;
const CASES_PER_MARKET = 20;
/** How often each thing must occur over the run. */
const OFTEN = 5;

const REASONS = {
  reason_entry: ["at", "when", "rebalance", "reentry", "adjust"],
  reason_exit: [
    "exit_at", "window_end", "stop_loss", "target", "trail", "lock", "premium_rise", "premium_fall", "leg_stop_loss", "leg_target", "leg_cost_stop", "square_off", "exit_when", "adjust",
    "rebalance",
  ],
  cp: ["CE", "PE", "FUT"],
} as const;
const SKIPS = ["not_flat", "filtered", "no_spot", "no_contract", "untradeable", "not_reached", "session"];
/** Keys of a strategy that traded. */
const KEYS = ["entries", "until", "filter", "reentry", "include", "exclude", "wait", "break", "theta", "straddle_width", "lock", "by", "rise", "fall", "adjust", "max_share", "slice", "at_cost", "new_atm", "same_strike", "move_to_cost"];

describe("product and reference beyond one order", () => {
  const occurrences = new Map<string, number>();
  let complete = false;
  const count = (things: Iterable<string>) => {
    for (const thing of new Set(things)) occurrences.set(thing, (occurrences.get(thing) ?? 0) + 1);
  };

  it("give the same trades, skips and days not run", async () => {
    for (const [i, market] of [...markets()].entries()) {
      const folder = tempFolder();
      writeMarket(folder, market);
      const files = await readFolder(folder);
      const product = await openProduct(folder);
      await fc.assert(
        fc.asyncProperty(beyondFor(market), async (strategy) => {
          const wanted = runReference(files, strategy);
          expect(rows(await product.run(strategy))).toEqual(rows(wanted));
          count(met(wanted, strategy));
        }),
        { numRuns: CASES_PER_MARKET, seed: 20_261_128 + i },
      );
    }
    complete = true;
  }, 900_000);

  it.for([
    ...Object.entries(REASONS).flatMap(([column, values]) => values.map((value) => `${column} ${value}`)),
    ...SKIPS.map((reason) => `skip ${reason}`), ...["no_expiry", "no_rule", "session", "dte"].map((reason) => `day ${reason}`),
    ...KEYS.map((key) => `trades with ${key}`), "trades with a list of times", "trades with greeks of the data", "flag entry_2", "flag entry_3", "flag stale_exit", "more than one order", "a leg of another expiry",
  ])(`in which "%s" occurs often`, (thing, context) => {
    if (!complete) context.skip();
    expect(occurrences.get(thing) ?? 0).toBeGreaterThanOrEqual(OFTEN);
  });
});

/** Without a broken file: what one costs is the business of the first differential test. */
function* markets(): Generator<Market> {
  let made = 0;
  for (let seed = 0; made < MARKETS; seed++) {
    const market = marketOf(seed);
    if (market.broken.length > 0) continue;
    made++;
    yield market;
  }
}

function rows({ trades, positions, skips, notRun }: Pick<ReferenceResult, "trades" | "positions" | "skips" | "notRun">) {
  const lines = (cells: readonly (readonly string[])[]) => cells.map((row) => row.join(","));
  return { trades: lines(trades), positions: lines(positions), skips: lines(skips), notRun: lines(notRun) };
}

/** Everything that a case met. */
function met({ trades, skips, notRun }: ReferenceResult, strategy: string): string[] {
  const value = (row: readonly string[], column: (typeof TRADE_COLUMNS)[number]) => row[TRADE_COLUMNS.indexOf(column)];
  const things = [...skips.map((row) => `skip ${row[6]}`), ...notRun.map(([, reason]) => `day ${reason}`)];
  for (const row of trades) {
    for (const column of ["reason_entry", "reason_exit", "cp"] as const) things.push(`${column} ${value(row, column)}`);
    things.push(...value(row, "flags").split("|").map((flag) => `flag ${flag}`));
  }
  if (trades.length === 0) return things;
  const expiries = (date: string) => new Set(trades.filter((row) => value(row, "date") === date && value(row, "cp") !== "FUT").map((row) => value(row, "expiry")));
  if (trades.some((row) => expiries(value(row, "date")).size > 1)) things.push("a leg of another expiry");
  things.push(...KEYS.filter((key) => strategy.includes(`"${key}"`)).map((key) => `trades with ${key}`));
  if (/"at":\["/.test(strategy)) things.push("trades with a list of times");
  if (strategy.includes('"greeks":"data"')) things.push("trades with greeks of the data");
  if (strategy.includes('"freeze"') && trades.some((row) => Number(value(row, "qty")) > 900)) things.push("more than one order");
  return things;
}

