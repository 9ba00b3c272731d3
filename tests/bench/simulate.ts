/** The engine's own time per day and variant, with everything that it needs in memory, on one core. */
import type { DayData } from "../../src/core/engine/ports.ts";
import { KeptGrids } from "../../src/core/engine/kept-grids.ts";
import { runDate } from "../../src/core/engine/run-date.ts";
import { instantiateKernels, type Kernels } from "../../src/core/kernels.ts";
import { defaultRules } from "../../src/core/market/rules.ts";
import { parseStrategy } from "../../src/core/strategy/parse.ts";
import type { ParsedStrategy } from "../../src/core/strategy/types.ts";
import { hotDays } from "./hot-days.ts";
import { median, type Measurement } from "./measurement.ts";

const DATES = 40;
/** Passes over all dates before anything is measured: so many day jobs until the compilers have seen what is hot. */
const WARM_UPS = 150;
/** Passes of one measurement: 1,200 day jobs. */
const PASSES = 30;
/** Measurements of each strategy, in turn with the others': a machine that is shared is slow for seconds at a time. */
const ROUNDS = 8;
/** Bytes of grids that stay in memory between passes. */
const KEPT = 1 << 30;
const VARIANTS = 100;

const TWO_LEGS = "[{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }]";
const FOUR_LEGS = "[{ cp: CE, lots: -1 }, { cp: PE, lots: -1 }, { cp: CE, lots: 1, strike: { atm: 3 } }, { cp: PE, lots: 1, strike: { atm: 3 } }]";
const TARGET_AND_TRAIL = "target: { pct: 60 }, trail: { activate: { pct: 20 }, step: { pct: 15 } }";
/** From stops that end most days to one that ends none. */
const STOPS = `sweep: { STOP: { from: 1, to: ${VARIANTS}, step: 1 } }`;
const ONE_STOP = "params: { STOP: 50 }";
/** VOL_1M, VOL_2M, EMA 1, EMA 5, HIGH_DAY and VWAP. Never true in the end, so that nothing but the tree is measured. */
const SIX_METRICS =
  "{ all: [{ gt: [VOL_1M, { div: [VOL_2M, 2] }] }, { gt: [{ metric: EMA, args: { n: 1 } }, { metric: EMA, args: { n: 5 } }] }, { any: [{ gte: [SPOT, HIGH_DAY] }, { gt: [{ metric: MID }, { metric: VWAP }] }] }, { gt: [0, 1] }] }";

function strategyText(legs: string, exit: string, more = "", entry = ""): string {
  return `name: benchmark\nuniverse: { symbol: BANKNIFTY }\ntime: { window: "09:20-15:20" }\nentry: { ${entry}legs: ${legs} }\nexit: { ${exit} }\nsampling: { first_trades: 0 }\n${more}\n`;
}

const STRATEGIES = {
  held: strategyText(TWO_LEGS, ""),
  two: strategyText(TWO_LEGS, "stop_loss: { pct: 60 }, target: { pct: 60 }"),
  four: strategyText(FOUR_LEGS, `stop_loss: { pct: 60 }, ${TARGET_AND_TRAIL}`),
  oneStop: strategyText(TWO_LEGS, "stop_loss: { pct: $STOP }", ONE_STOP),
  stops: strategyText(TWO_LEGS, "stop_loss: { pct: $STOP }", STOPS),
  oneTrail: strategyText(FOUR_LEGS, `stop_loss: { pct: $STOP }, ${TARGET_AND_TRAIL}`, ONE_STOP),
  trails: strategyText(FOUR_LEGS, `stop_loss: { pct: $STOP }, ${TARGET_AND_TRAIL}`, STOPS),
  tree: strategyText(TWO_LEGS, "", "", `when: ${SIX_METRICS}, `),
};

/** Microseconds of simulation per day, variants together. */
interface PerDay {
  /** Of each date the quickest pass, of the dates the median: what else the machine does stays out. */
  readonly quickest: number;
  /** Over all day jobs of a measurement: the least of all measurements. */
  readonly mean: number;
}

/** Runs strategies over days whose rows and grids are in memory, as a worker does when a value has changed. */
class HotWorker {
  readonly #kernels: Kernels;
  readonly #grids: KeptGrids;
  readonly #days: readonly DayData[];

  constructor(module: WebAssembly.Module, days: readonly DayData[]) {
    this.#kernels = instantiateKernels(module);
    this.#grids = new KeptGrids(this.#kernels, () => true);
    this.#days = days;
  }

  /** One run over all days; `took` is told the microseconds of each. */
  async pass(strategy: ParsedStrategy, took: (day: number, micros: number) => void): Promise<void> {
    this.#grids.begin(KEPT - this.#grids.bytes);
    for (const [i, data] of this.#days.entries()) {
      const [outcome] = await runDate({ date: data.date, strategies: [{ strategy, recordSample: false }], open: () => data, rules: defaultRules, kernels: this.#kernels, kept: this.#grids });
      if (outcome.parts[0].kind !== "run") throw new Error(`a day of the benchmark was not run: ${JSON.stringify(outcome)}`);
      took(i, outcome.milliseconds.simulate * 1000);
    }
  }
}

async function measureAll<Name extends string>(module: WebAssembly.Module, texts: Record<Name, string>): Promise<Record<Name, PerDay>> {
  const days = hotDays(DATES);
  const worker = new HotWorker(module, days);
  const runs = (Object.keys(texts) as Name[]).map((name) => ({ name, strategy: parseStrategy(texts[name]), quickest: days.map(() => Infinity), mean: Infinity }));
  for (const { strategy } of runs) for (let pass = 0; pass < WARM_UPS; pass++) await worker.pass(strategy, () => undefined);
  for (let round = 0; round < ROUNDS; round++) {
    for (const run of runs) {
      let total = 0;
      // What the strategy before has left of the grids is made again.
      await worker.pass(run.strategy, () => undefined);
      for (let pass = 0; pass < PASSES; pass++) {
        await worker.pass(run.strategy, (day, micros) => {
          run.quickest[day] = Math.min(run.quickest[day], micros);
          total += micros;
        });
      }
      run.mean = Math.min(run.mean, total / (days.length * PASSES));
    }
  }
  return Object.fromEntries(runs.map(({ name, quickest, mean }) => [name, { quickest: median(quickest), mean }])) as Record<Name, PerDay>;
}

/** @param module the compiled kernels */
export async function measureSimulation(module: WebAssembly.Module): Promise<Measurement[]> {
  const measured = await measureAll(module, STRATEGIES);
  const jobs = `${DATES * PASSES} day jobs, after ${DATES * WARM_UPS} of each strategy to warm up`;
  const over = `median of ${DATES} dates, each its quickest`;
  const line = (name: string, value: number, goal: number): Measurement => ({ name, where: "Node", value, unit: "µs", over, goal });
  const mean = (name: string, value: number, goal: number): Measurement => ({ ...line(name, value, goal), over: `mean of ${jobs}: the least of ${ROUNDS}` });
  const { two, four, oneStop, stops, oneTrail, trails, tree } = Object.fromEntries(Object.entries(measured).map(([name, { quickest }]) => [name, quickest])) as Record<keyof typeof STRATEGIES, number>;
  return [
    mean("simulate a day: 2 legs held to the end of the window", measured.held.mean, 40),
    line("simulate a day: 2 legs with stop and target", two, 20),
    mean("the same, mean", measured.two.mean, 20),
    line("simulate a day: 4 legs with stop, target and trail", four, 30),
    mean("the same, mean", measured.four.mean, 30),
    line("one of the stops of 2 legs", oneStop, 20),
    line(`${VARIANTS} stops of 2 legs, all together`, stops, 3 * oneStop),
    line("… per variant beyond the first", (stops - oneStop) / (VARIANTS - 1), 2),
    line("one of the stops of 4 legs with target and trail", oneTrail, 30),
    line(`${VARIANTS} stops of 4 legs with target and trail, all together`, trails, 3 * oneTrail),
    line("… per variant beyond the first of these", (trails - oneTrail) / (VARIANTS - 1), 2),
    line("condition tree of six metrics, rows to truth, spliced series kept, once a day for all variants", tree, 400),
  ];
}
