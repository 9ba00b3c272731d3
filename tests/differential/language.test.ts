/** Product against reference over the whole language of semantics §3–§5, and what the cases must have met. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metricsOf, type Condition, type Operand } from "../../src/core/strategy/condition.ts";
import { METRIC_NAMES } from "../../src/core/strategy/metrics.ts";
import type { Truth } from "../reference/conditions.ts";
import { runReference, type ReferenceResult } from "../reference/engine.ts";
import { readFolder } from "../reference/read-folder.ts";
import { TRADE_COLUMNS } from "../reference/rows-out.ts";
import { openProduct } from "../support/product.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { deltasFor, languageFor } from "./language.ts";
import { marketOf, writeMarket, type Market } from "./market.ts";
import { maybeSwept, type StrategyText } from "./strategies.ts";

const MARKETS = 29;
const CASES_PER_MARKET = 15;
/** How often each thing must occur over the run. */
const OFTEN = 20;

const CONDITIONS = ["gt", "gte", "lt", "lte", "eq", "ne", "crosses_above", "crosses_below", "between", "all", "any", "not"];
const ARITHMETIC = ["add", "sub", "mul", "div", "min", "max", "abs"];
const SERIES = ["spot", "future", "vix", "contract", "contract@now", "straddle", "straddle@now", "leg"];

/** Names of everything that a comparison stands on. */
function partsOf(condition: Condition): string[] {
  if (!("lhs" in condition || "x" in condition)) return [];
  const metrics = metricsOf(condition).flatMap((metric) => {
    const series = "of" in metric.args ? metric.args.of : undefined;
    return [`metric ${metric.name}`, ...(series ? [`series ${series.kind}${"now" in series && series.now ? "@now" : ""}`] : [])];
  });
  return [...metrics, ...("lhs" in condition ? [condition.lhs, condition.rhs] : [condition.x, condition.low, condition.high]).flatMap(operators)];
}

function operators(operand: Operand): string[] {
  return operand.kind === "arithmetic" ? [`operator ${operand.op}`, ...operand.operands.flatMap(operators)] : [];
}

describe("product and reference on the whole language", () => {
  const occurrences = new Map<string, number>();
  let complete = false;
  let cases = 0;
  let trading = 0;
  const count = (things: Iterable<string>) => {
    for (const thing of new Set(things)) occurrences.set(thing, (occurrences.get(thing) ?? 0) + 1);
  };

  it("give the same trades, skips and days not run", async () => {
    for (const [seed, market] of markets()) {
      const folder = tempFolder();
      writeMarket(folder, market);
      const files = await readFolder(folder);
      const product = await openProduct(folder);
      const check = (strategies: fc.Arbitrary<StrategyText>, numRuns: number) => fc.assert(
        fc.asyncProperty(strategies.map((strategy) => ({ market: seed, strategy })), async ({ strategy }) => {
          const decided = new Map<string, string[]>();
          const listen = (condition: Condition, truth: Truth) => {
            const key = `${condition.key} ${truth}`;
            if (!decided.has(key)) decided.set(key, [...partsOf(condition), `operator ${condition.kind}`].map((part) => `${part} ${truth ?? "unknown"}`));
          };
          const wanted = runReference(files, strategy, { listen });
          expect(rows(await product.run(strategy))).toEqual(rows(wanted));
          cases++;
          if (wanted.trades.length > 0) trading++;
          count([...decided.values(), met(wanted, strategy)].flat());
        }),
        { numRuns, seed: 20_240_821 + seed, unbiased: true },
      );
      await check(maybeSwept(languageFor(market, true)), CASES_PER_MARKET);
      await check(deltasFor(market), 1);
    }
    complete = true;
  }, 900_000);

  it("in cases of which at least 70 % trade", (context) => {
    if (!complete) context.skip();
    expect(trading / cases).toBeGreaterThanOrEqual(0.7);
  });

  // What needs more dates than these markets have is in day-facts.test.ts.
  const both = [...METRIC_NAMES.filter((name) => name !== "DAY" && name !== "REGIME").map((name) => `metric ${name}`), ...[...CONDITIONS, ...ARITHMETIC].map((name) => `operator ${name}`), ...SERIES.map((name) => `series ${name}`)];
  it.for([
    ...both.flatMap((thing) => [`${thing} true`, `${thing} false`]),
    "metric LAG unknown", "operator all unknown", "operator any unknown", "operator not unknown",
    ...["exit_at", "window_end", "stop_loss", "target", "trail", "leg_stop_loss", "leg_target", "exit_when", "rebalance"].map((reason) => `reason_exit ${reason}`),
    ...["at", "when", "rebalance"].map((reason) => `reason_entry ${reason}`),
    ...["not_flat", "no_spot", "no_contract", "untradeable"].map((reason) => `skip ${reason}`),
    "flags stale_exit", "trades by premium", "trades by delta", "trades by depth",
  ])(`in which "%s" occurs often`, (thing, context) => {
    if (!complete) context.skip();
    expect(occurrences.get(thing) ?? 0).toBeGreaterThanOrEqual(OFTEN);
  });
});

/** Without a broken file, whose cost is the business of the first differential test, and with a spot: three strikes have both sides. */
function* markets(): Generator<readonly [seed: number, market: Market]> {
  let made = 0;
  for (let seed = 0; made < MARKETS; seed++) {
    const market = marketOf(seed);
    if (market.broken.length > 0 || (market.quirks.has("no_spot_file") && market.quirks.has("thin_side"))) continue;
    made++;
    yield [seed, market];
  }
}

function rows({ trades, positions, skips, notRun }: Pick<ReferenceResult, "trades" | "positions" | "skips" | "notRun">) {
  const lines = (cells: readonly (readonly string[])[]) => cells.map((row) => row.join(","));
  return { trades: lines(trades), positions: lines(positions), skips: lines(skips), notRun: lines(notRun) };
}

/** What came of a case. */
function met({ trades, skips }: ReferenceResult, strategy: string): string[] {
  const reasons = trades.flatMap((row) => (["reason_exit", "reason_entry", "flags"] as const).map((column) => `${column} ${row[TRADE_COLUMNS.indexOf(column)]}`));
  const words = trades.length > 0 ? ["premium", "delta", "depth"].filter((word) => strategy.includes(`"${word}"`)) : [];
  return [...reasons, ...skips.map((row) => `skip ${row[6]}`), ...words.map((word) => `trades by ${word}`)];
}
