/** The ready-made strategies on small data: each trades, its conditions tell seconds apart, each swept name matters, and none looks ahead. */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import type { DayData } from "../../../src/core/engine/ports.ts";
import type { Slice } from "../../../src/core/grid/slice.ts";
import { parseStrategy } from "../../../src/core/strategy/parse.ts";
import { column, knownTrades } from "../../differential/known.ts";
import { clockOf, secondOf } from "../../reference/dates.ts";
import { mondays } from "../../support/mondays.ts";
import { openProduct, type OpenProduct, type ProductRun } from "../../support/product.ts";
import { publicSample } from "../../support/public-sample.ts";

const STRATEGIES = fileURLToPath(new URL("../../../strategies/", import.meta.url));
/** What needs several Mondays, or strikes that the sample does not have. */
const ON_MONDAYS = ["iron-condor.yaml", "iron-fly-wings.yaml", "monday-gap-fade.yaml", "monday-open-0915-0920.yaml"];
/** Rows after this second of each day are hidden; undefined hides none. */
let lastSecond: number | undefined;

const textOf = (file: string): string => readFileSync(`${STRATEGIES}${file}`, "utf8");

describe("the ready-made strategies", () => {
  const folders: { sample?: OpenProduct; mondays?: OpenProduct } = {};
  const runs = new Map<string, Promise<ProductRun>>();

  beforeAll(async () => {
    const day = <D extends DayData>(data: D): D => ({ ...data, load: async (contracts) => (await data.load(contracts)).map(cut), spot: async () => cut(await data.spot()), future: async () => cut(await data.future()) });
    folders.sample = await openProduct(publicSample(), { day });
    folders.mondays = await openProduct(await mondays(), { day });
  }, 300_000);

  const productOf = (file: string): OpenProduct => (ON_MONDAYS.includes(file) ? folders.mondays! : folders.sample!);
  const run = (file: string): Promise<ProductRun> => {
    const known = runs.get(file) ?? productOf(file).run(textOf(file));
    runs.set(file, known);
    return known;
  };

  const files = readdirSync(STRATEGIES).filter((file) => file.endsWith(".yaml"));

  it.each(files)("%s trades", async (file) => {
    expect((await run(file)).trades.length).toBeGreaterThanOrEqual(5);
  }, 60_000);

  it.each(files.filter((file) => /^ *(- )?when:/m.test(textOf(file))))("%s has conditions of entry that are true in some seconds and false in others", async (file) => {
    const whole = parse(textOf(file));
    const ways = whole.entries ?? (whole.entry.when ? [whole.entry] : []);
    for (const { when, legs } of ways) {
      for (const condition of [when, { not: when }]) {
        const { entries: _entries, adjust: _adjust, exit: _exit, sweep, ...rest } = whole;
        // One minute is enough of a position: what counts is that the condition acts.
        const text = stringify({ ...rest, entry: { when: condition, legs }, exit: { when: { gte: ["HOLD_SECS", 60] } }, params: firstOf(sweep) });
        expect((await productOf(file).run(text)).trades.length, JSON.stringify(condition)).toBeGreaterThan(0);
      }
    }
  }, 60_000);

  it.each(files.filter((file) => textOf(file).includes("sweep:")))("%s gives other trades for other values of every swept name", async (file) => {
    const { trades, strategy } = await run(file);
    const ofVariant = new Map(strategy.variants.map(({ name, swept }) => [name, { swept, trades: trades.filter(([variant]) => variant === name).map((row) => row.slice(column("date") + 1).join(",")).join("\n") }]));
    for (const name of Object.keys(strategy.variants[0].swept)) {
      const others = (swept: object) => JSON.stringify({ ...swept, [name]: undefined });
      const first = ofVariant.get("v1")!;
      const alike = [...ofVariant.values()].filter(({ swept }) => others(swept) === others(first.swept));
      expect(new Set(alike.map((variant) => variant.trades)).size, name).toBeGreaterThan(1);
    }
  }, 60_000);

  it.each(files)("%s decides the same up to a second when nothing after it is there", async (file) => {
    const params = firstOf(parse(textOf(file)).sweep);
    const { trades } = await productOf(file).run(textOf(file), { params });
    const middle = trades[trades.length >> 1] ?? expect.fail("no trade of the first variant");
    for (const clock of [middle[column("decision_entry")], middle[column("decision_exit")]]) {
      const [date, at] = clock.split(" ");
      lastSecond = secondOf(at);
      try {
        const seen = await productOf(file).run(textOf(file), { params, from: date, to: date });
        const known = knownTrades(trades.filter((row) => row[column("date")] === date), `${date} ${clockOf(lastSecond)}`);
        expect(knownTrades(seen.trades, `${date} ${clockOf(lastSecond)}`).map(withoutPosition)).toEqual(known.map(withoutPosition));
      } finally {
        lastSecond = undefined;
      }
    }
  }, 60_000);
});

/** Positions count over the run, and the run on one date has fewer. */
function withoutPosition(row: string): string {
  return row.split(",").filter((_, i) => i !== column("position_id")).join(",");
}

/** The first value of every swept name, which the sweep of a variant begins with. */
function firstOf(sweep: unknown): Record<string, number | string> {
  if (!sweep) return {};
  return parseStrategy(`name: x\nuniverse: { symbol: NIFTY }\nentry: { legs: [{ cp: CE, lots: 1 }] }\n${stringify({ sweep })}`).variants[0].swept as Record<string, number | string>;
}

/** The rows up to `lastSecond`: what is listed stays listed. */
function cut(slice: Slice | undefined): Slice | undefined {
  if (!slice || lastSecond === undefined) return slice;
  const length = slice.second.findLastIndex((second) => second <= lastSecond!) + 1;
  const { second, price, priceSecond, bid, ask, fields, sameClock } = slice;
  return {
    ...slice, length, second: second.subarray(0, length), price: price.subarray(0, length), priceSecond: priceSecond.subarray(0, length), bid: bid.subarray(0, length), ask: ask.subarray(0, length),
    fields: new Map([...fields].map(([name, values]) => [name, values.subarray(0, length)])), ...(sameClock && { sameClock: sameClock.subarray(0, length) }),
  };
}
