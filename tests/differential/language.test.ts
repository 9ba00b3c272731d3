/** Product against reference over the whole language of semantics §3–§5, and what the cases must have met. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { metricsOf, type Condition, type Operand } from "../../src/core/strategy/condition.ts";
import { METRIC_NAMES } from "../../src/core/strategy/metrics.ts";
import type { Truth } from "../reference/conditions.ts";
import { runReference } from "../reference/engine.ts";
import { readFolder, type RawFile } from "../reference/read-folder.ts";
import { TRADE_COLUMNS } from "../reference/rows-out.ts";
import { openProduct, type OpenProduct } from "../support/product.ts";
import { tempFolder } from "../support/temp-folder.ts";
import { languageFor } from "./language.ts";
import { marketOf, writeMarket, type Market } from "./market.ts";
import { maybeSwept } from "./strategies.ts";

const MARKETS = 33;
const CASES = 700;
/** How often each thing must occur over the run. */
const OFTEN = 20;

const CONDITIONS = ["gt", "gte", "lt", "lte", "eq", "ne", "crosses_above", "crosses_below", "between", "all", "any", "not"];
const ARITHMETIC = ["add", "sub", "mul", "div", "min", "max", "abs"];
const SERIES = ["spot", "future", "vix", "contract", "contract@now", "straddle", "straddle@now", "leg"];

interface Loaded {
  readonly product: OpenProduct;
  readonly files: readonly RawFile[];
}

const markets = new Map<number, Market>();
const loaded = new Map<number, Promise<Loaded>>();

function market(seed: number): Market {
  const found = markets.get(seed) ?? marketOf(seed);
  markets.set(seed, found);
  return found;
}

/** Markets without a broken file: what one costs is the business of the first differential test. */
const SEEDS = Array.from({ length: 2 * MARKETS }, (_, seed) => seed).filter((seed) => market(seed).broken.length === 0).slice(0, MARKETS);

async function load(seed: number): Promise<Loaded> {
  const folder = tempFolder();
  writeMarket(folder, market(seed));
  return { product: await openProduct(folder), files: await readFolder(folder) };
}

const anyCase = fc.noShrink(fc.constantFrom(...SEEDS)).chain((seed) => maybeSwept(languageFor(market(seed))).map((strategy) => ({ seed, strategy })));

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
  const count = (things: Iterable<string>) => {
    for (const thing of new Set(things)) occurrences.set(thing, (occurrences.get(thing) ?? 0) + 1);
  };

  it("give the same trades, skips and days not run", async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, async ({ seed, strategy }) => {
        loaded.set(seed, loaded.get(seed) ?? load(seed));
        const { product, files } = await loaded.get(seed)!;
        const met = new Set<string>();
        const decided = new Set<string>();
        const listen = (condition: Condition, truth: Truth) => {
          const key = `${condition.key} ${truth}`;
          if (decided.has(key)) return;
          decided.add(key);
          for (const part of [...partsOf(condition), `operator ${condition.kind}`]) met.add(`${part} ${truth ?? "unknown"}`);
        };
        const wanted = runReference(files, strategy, { listen });
        const got = await product.run(strategy);
        expect({ trades: lines(got.trades), positions: lines(got.positions), skips: lines(got.skips), notRun: lines(got.notRun) }).toEqual({ trades: lines(wanted.trades), positions: lines(wanted.positions), skips: lines(wanted.skips), notRun: lines(wanted.notRun) });
        for (const row of wanted.trades) for (const column of ["reason_exit", "reason_entry", "flags"] as const) met.add(`${column} ${row[TRADE_COLUMNS.indexOf(column)]}`);
        for (const row of wanted.skips) met.add(`skip ${row[6]}`);
        for (const word of ["premium", "delta", "depth"]) if (wanted.trades.length > 0 && strategy.includes(`"${word}"`)) met.add(`trades by ${word}`);
        count(met);
      }),
      { numRuns: CASES, seed: 20_240_821 },
    );
    complete = true;
  }, 900_000);

  const both = [...METRIC_NAMES.map((name) => `metric ${name}`), ...[...CONDITIONS, ...ARITHMETIC].map((name) => `operator ${name}`), ...SERIES.map((name) => `series ${name}`)];
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

function lines(rows: readonly (readonly string[])[]): string[] {
  return rows.map((row) => row.join(","));
}
