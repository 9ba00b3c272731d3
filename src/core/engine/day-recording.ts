/** One simulated day second by second, for eyes: what the strategy saw, copied out of the kernels' memory. */
import { metricsOf, type Condition } from "../strategy/condition.ts";
import { conditionWords, metricWords } from "../strategy/condition-words.ts";
import type { CompiledBlock, CompiledStrategy } from "../strategy/compile.ts";
import type { LegKind, SymbolName } from "../market/types.ts";
import type { SampledArming, SampledSkip, Skip, TradeColumns } from "../results/types.ts";
import type { DayNumber, Second } from "../time.ts";
import { CE, PE } from "./day-market.ts";
import type { GridView } from "./grid-view.ts";
import { dependsOnLegs } from "./metrics.ts";
import { recordOptions, type RecordedForward } from "./recorded-options.ts";
import type { UniverseDay } from "./universe-day.ts";

/** One contract by second: paise, 0 before the first value. */
export interface RecordedContract {
  readonly expiry: DayNumber;
  /** Rupees; NaN of a future. */
  readonly strike: number;
  readonly cp: LegKind;
  readonly bid: Int32Array<ArrayBuffer>;
  readonly ask: Int32Array<ArrayBuffer>;
  readonly price: Int32Array<ArrayBuffer>;
  /** Implied by the mid, a fraction per year: 0 where the price has no time value, NaN where it is unknown, and of a future. */
  readonly volatility: Float64Array<ArrayBuffer>;
}

/** `50000 CE`, `FUT` */
export function recordedName({ strike, cp }: RecordedContract): string {
  return Number.isNaN(strike) ? cp : `${strike} ${cp}`;
}

/** Place i of every array is the second `open + i`. */
export interface DayRecording {
  readonly date: DayNumber;
  readonly symbol: SymbolName;
  readonly expiry: DayNumber;
  readonly lotSize: number;
  readonly open: Second;
  readonly seconds: number;
  /** Paise, 0 before the first value. */
  readonly spot: Int32Array<ArrayBuffer>;
  /** Of the trades; without any, the ATM call and put of the middle of the day. */
  readonly contracts: readonly RecordedContract[];
  /** One for each expiry of the contracts that are options. */
  readonly forwards: readonly RecordedForward[];
  /** `entry.when`, or that of any of `entries`, by second: 0 false, 1 true, 2 unknown. Undefined without one. */
  readonly signal: { readonly words: string; readonly truth: Uint8Array<ArrayBuffer> } | undefined;
  /** What the condition is made of, in the metrics' own units; NaN where missing. */
  readonly metrics: readonly { readonly words: string; readonly values: Float64Array<ArrayBuffer> }[];
  /** Each skip with what the market showed in its first second. */
  readonly skips: readonly SampledSkip[];
  /** The decisions from which on legs waited for their premiums. */
  readonly armings: readonly SampledArming[];
}

/** The variant that a recording is of. */
export const RECORDED = 0;

/** The buffers to hand to `postMessage`, so that a recording moves instead of being copied. */
export function recordingBuffers({ spot, contracts, forwards, signal, metrics }: DayRecording): ArrayBuffer[] {
  return [spot, ...contracts.flatMap(({ bid, ask, price, volatility }) => [bid, ask, price, volatility]), ...forwards.map(({ values }) => values), ...(signal ? [signal.truth] : []), ...metrics.map(({ values }) => values)].map(({ buffer }) => buffer);
}

/** Whether any block fires; null for entries at a time. */
function anyOf(blocks: readonly CompiledBlock[]): Condition | null {
  const nodes = blocks.flatMap(({ when }) => when ?? []);
  return nodes.length < 2 ? (nodes[0] ?? null) : { kind: "any", nodes, key: `any(${nodes.map(({ key }) => key).join(",")})` };
}

/** Reads what is known; the day has been simulated and its memory is still there. */
export function recordDay({ market, spot, selector, conditions, reader }: UniverseDay, { blocks, filter }: CompiledStrategy, trades: TradeColumns, skips: readonly Skip[], armings: readonly SampledArming[]): DayRecording {
  const { kernels, seconds, stride, session } = market;
  const column = (grid: GridView, array: number) => kernels.i32.slice((grid.pointer >> 2) + array * stride, (grid.pointer >> 2) + array * stride + seconds);
  const traded = new Set<number>();
  for (let row = 0; row < trades.length; row++) traded.add(market.numberOf(trades.expiry[row], trades.strike[row], trades.cp[row]));
  const atm = selector.atmShown(seconds >> 1);
  if (traded.size === 0 && atm !== null) for (const side of [CE, PE]) traded.add(atm.index * 2 + side);
  const { metrics } = conditions;
  const recorded = [...traded].filter((number) => market.slice(number)).sort((a, b) => a - b);
  const { forwards, volatilities } = recordOptions(metrics, recorded.filter((number) => !market.isFuture(number)));
  const contracts = recorded.map((number): RecordedContract => {
    const grid = market.grid(number);
    const named = market.isFuture(number) ? { strike: NaN, cp: "FUT" as const } : market.contract(number);
    return { expiry: market.expiryOf(number), strike: named.strike, cp: named.cp, bid: column(grid, 0), ask: column(grid, 1), price: column(grid, 3), volatility: volatilities.get(number) ?? new Float64Array(seconds).fill(NaN) };
  });
  const when = anyOf(blocks);
  const truth = when && conditions.of(when);
  const values = (when ? metricsOf(when) : []).filter((metric) => !dependsOnLegs(metric)).map((metric) => {
    const operand = metrics.metric(metric);
    const series = typeof operand === "number" ? new Float64Array(seconds).fill(operand) : kernels.f64.slice(operand.pointer >> 3, (operand.pointer >> 3) + seconds);
    return { words: metricWords(metric), values: series };
  });
  return {
    date: market.date, symbol: market.symbol, expiry: market.expiry, lotSize: market.main.terms.lotSize, open: session.open, seconds, spot: column(spot, 3), contracts, forwards,
    signal: when && truth ? { words: conditionWords(when), truth: kernels.u8.slice(truth.pointer, truth.pointer + seconds) } : undefined,
    metrics: values,
    skips: skips.filter(({ variant }) => variant === RECORDED).map((skip) => ({
      skip,
      inputs: skip.reason === "session" ? null : reader.moment({ second: skip.first - session.open, rule: skip.reason, contracts: [], conditions: [filter, ...blocks.map((block) => block.when)] }),
    })),
    armings,
  };
}
