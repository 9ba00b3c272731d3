/**
 * Every metric of semantics §5: one table for the schema, the docs, the sentences of `explain.ts` and the editor.
 * What a metric computes is the business of the engine.
 */

/** What a series is made of; some metrics make sense for some kinds only. */
export type SeriesKind = "index" | "future" | "contract" | "straddle";
const ANY: readonly SeriesKind[] = ["index", "future", "contract", "straddle"];
const NOT_ADDITIVE: readonly SeriesKind[] = ["index", "future", "contract"];

export const FIELDS = ["price", "mid", "volume", "oi", "iv", "spread"] as const;
export type Field = (typeof FIELDS)[number];

const LEVEL_COLUMNS = ["bq", "bp", "bo", "sq", "sp", "so"].flatMap((column) => [0, 1, 2, 3, 4].map((level) => `${column}${level}`));
/** Numeric source columns of a row that FIELD can name. */
export const COLUMNS: readonly string[] = ["price", "qty", "avgPrice", "volume", "open", "high", "low", "close", "changeper", "bQty", "sQty", "oi", "oiHigh", "oiLow", ...LEVEL_COLUMNS];

export type ArgInfo =
  | { readonly kind: "series"; readonly default: string; readonly accepts: readonly SeriesKind[] }
  /** Written as `seconds` or `minutes`, kept as seconds. */
  | { readonly kind: "span" }
  | { readonly kind: "whole"; readonly most: number; readonly default?: number }
  | { readonly kind: "number"; readonly above?: number; readonly least?: number; readonly most: number; readonly default: number }
  /** `30s`, `1m`, `1h`. */
  | { readonly kind: "bar"; readonly default: string }
  | { readonly kind: "field"; readonly default: Field }
  | { readonly kind: "line"; readonly default: "line" }
  | { readonly kind: "column" }
  /** Of the day's spot, as docs/studies.md names them. */
  | { readonly kind: "fact" }
  | { readonly kind: "regime" }
  | { readonly kind: "metric" };

export const MACD_LINES = ["line", "signal", "hist"] as const;
/** Longer than any session: what does not fit into one is missing, not wrong. */
const MOST = 100_000;

const of = (standard: string, accepts = ANY) => ({ kind: "series", default: standard, accepts }) as const;
const whole = (standard?: number, most = MOST) => ({ kind: "whole", most, default: standard }) as const;
const span = { kind: "span" } as const;
const bars = { of: of("spot"), field: { kind: "field", default: "price" }, bar: { kind: "bar", default: "1m" } } as const;
const contract = { of: of("atm_ce") } as const;
const greek = { of: of("atm_ce", ["contract", "straddle"]), rate: { kind: "number", least: -0.5, most: 1, default: 0 } } as const;

export interface MetricInfo {
  readonly args: Readonly<Record<string, ArgInfo>>;
  readonly unit: "rupees" | "percent" | "ticks" | "units" | "contracts" | "seconds" | "days" | "number";
  /** One line for docs and completion. */
  readonly help: string;
  /** The metric in a sentence; `{of}` and the like stand for its args. */
  readonly words: string;
  /** Bounds that hold by definition. */
  readonly least?: number;
  readonly most?: number;
  /** Of the open position, so known in `exit.when` only. */
  readonly exitOnly?: true;
  /** Looks at more than one second, so that a series which changes its contract distorts it. */
  readonly history?: true;
  /** What the rows have to hold: quotes and depth, volume, or open interest. */
  readonly needs?: "quotes" | "volume" | "oi";
}

export const METRICS = {
  SPOT: { args: { of: of("spot") }, unit: "rupees", least: 0, help: "last value of spot, or of the series `of`", words: "{of}" },
  OPEN_DAY: { args: { of: of("spot") }, unit: "rupees", least: 0, history: true, help: "first value of the session", words: "the day's open of {of}" },
  HIGH_DAY: { args: { of: of("spot") }, unit: "rupees", least: 0, history: true, help: "highest value of the session so far", words: "the day's high of {of}" },
  LOW_DAY: { args: { of: of("spot") }, unit: "rupees", least: 0, history: true, help: "lowest value of the session so far", words: "the day's low of {of}" },
  PREV_CLOSE: { args: { of: of("spot") }, unit: "rupees", least: 0, history: true, help: "last value of the latest earlier date of the data", words: "the previous close of {of}" },
  GAP_PCT: { args: { of: of("spot") }, unit: "percent", least: -100, history: true, help: "(OPEN_DAY / PREV_CLOSE − 1) · 100", words: "the opening gap of {of} in percent" },
  FIELD: { args: { name: { kind: "column" }, of: of("atm_ce") }, unit: "number", help: "a source column of the latest row", words: "the column {name} of {of}" },
  LAG: { args: { x: { kind: "metric" }, seconds: whole() }, unit: "number", help: "the metric `x`, that many seconds earlier", words: "{x} as it was {seconds} before" },
  PRICE_LTP: { args: contract, unit: "rupees", least: 0, help: "last traded price", words: "the last price of {of}" },
  BID_L1: { args: contract, unit: "rupees", least: 0, needs: "quotes", help: "best bid of the last valid quote", words: "the bid of {of}" },
  ASK_L1: { args: contract, unit: "rupees", least: 0, needs: "quotes", help: "best ask of the last valid quote", words: "the ask of {of}" },
  MID: { args: contract, unit: "rupees", least: 0, needs: "quotes", help: "(bid + ask) / 2", words: "the mid price of {of}" },
  SPREAD_L1: { args: contract, unit: "rupees", least: 0, needs: "quotes", help: "ask − bid", words: "the spread of {of} in rupees" },
  SPREAD_TICKS: { args: contract, unit: "ticks", least: 0, needs: "quotes", help: "ask − bid in ticks of 0.05", words: "the spread of {of} in ticks" },
  OI: { args: contract, unit: "units", least: 0, needs: "oi", help: "open interest", words: "the open interest of {of}" },
  MICROPRICE: { args: contract, unit: "rupees", least: 0, needs: "quotes", help: "(bid · ask quantity + ask · bid quantity) / their sum, level 1", words: "the microprice of {of}" },
  IMBALANCE: { args: { levels: whole(5, 5), of: of("atm_ce", NOT_ADDITIVE) }, unit: "number", least: -1, most: 1, needs: "quotes", help: "(Σ bid quantity − Σ ask quantity) / their sum over the first `levels` levels", words: "the book imbalance of {of} over {levels} levels" },
  VOL: { args: { seconds: span, of: of("straddle") }, unit: "units", least: 0, needs: "volume", help: "volume of the trailing span", words: "the volume of {of} over the last {seconds}" },
  EMA: { args: { n: whole(), ...bars }, unit: "number", history: true, help: "exponential moving average over n bars", words: "the EMA {n} of {of} ({bars})" },
  SMA: { args: { n: whole(), ...bars }, unit: "number", history: true, help: "simple moving average over n bars", words: "the SMA {n} of {of} ({bars})" },
  WMA: { args: { n: whole(), ...bars }, unit: "number", history: true, help: "linearly weighted moving average over n bars", words: "the WMA {n} of {of} ({bars})" },
  RSI: { args: { n: whole(), ...bars }, unit: "number", least: 0, most: 100, history: true, help: "Wilder's relative strength index", words: "the RSI {n} of {of} ({bars})" },
  ATR: { args: { n: whole(), ...bars }, unit: "number", least: 0, history: true, help: "Wilder's average true range", words: "the ATR {n} of {of} ({bars})" },
  BB_UPPER: { args: { n: whole(), k: { kind: "number", least: 0, most: 100, default: 2 }, ...bars }, unit: "number", history: true, help: "SMA + k population deviations", words: "the upper Bollinger band {n}, {k} of {of} ({bars})" },
  BB_LOWER: { args: { n: whole(), k: { kind: "number", least: 0, most: 100, default: 2 }, ...bars }, unit: "number", history: true, help: "SMA − k population deviations", words: "the lower Bollinger band {n}, {k} of {of} ({bars})" },
  MACD: { args: { fast: whole(12), slow: whole(26), signal: whole(9), out: { kind: "line", default: "line" }, ...bars }, unit: "number", history: true, help: "EMA fast − EMA slow; its signal line; or their difference", words: "the MACD {out} {fast}/{slow}/{signal} of {of} ({bars})" },
  SUPERTREND: { args: { n: whole(10), mult: { kind: "number", above: 0, most: 100, default: 3 }, ...bars }, unit: "number", history: true, help: "trailing band of mult · ATR around the middle of each bar", words: "the Supertrend {n}, {mult} of {of} ({bars})" },
  VWAP: { args: contract, unit: "rupees", least: 0, history: true, needs: "volume", help: "Σ price · volume / Σ volume since the open", words: "the VWAP of {of}" },
  RV: { args: { seconds: span, of: of("spot") }, unit: "percent", least: 0, history: true, help: "square root of the sum of squared 1-second log returns, not annualised", words: "the realised volatility of {of} over the last {seconds}" },
  ORB_HIGH: { args: { minutes: whole(), of: of("spot") }, unit: "rupees", least: 0, history: true, help: "high of spot, or of the series `of`, in the first minutes of the session", words: "the high of {of} in the first {minutes} min" },
  ORB_LOW: { args: { minutes: whole(), of: of("spot") }, unit: "rupees", least: 0, history: true, help: "low of spot, or of the series `of`, in the first minutes of the session", words: "the low of {of} in the first {minutes} min" },
  IV: { args: { ...greek, of: of("atm_ce", ["contract"]) }, unit: "percent", least: 0, needs: "quotes", help: "Black-76 implied volatility from mid, percent a year", words: "the implied volatility of {of}" },
  DELTA: { args: greek, unit: "number", least: -1, most: 1, needs: "quotes", help: "Black-76 delta", words: "the delta of {of}" },
  GAMMA: { args: greek, unit: "number", least: 0, needs: "quotes", help: "Black-76 gamma", words: "the gamma of {of}" },
  THETA: { args: greek, unit: "rupees", needs: "quotes", help: "rupees per calendar day", words: "the theta of {of}" },
  VEGA: { args: greek, unit: "rupees", least: 0, needs: "quotes", help: "rupees per 1 % of volatility", words: "the vega of {of}" },
  TIME: { args: {}, unit: "seconds", least: 0, most: 86_399, help: "second of the day; compare it with a time such as \"10:30\"", words: "the time" },
  DTE: { args: {}, unit: "days", least: 0, help: "calendar days to the expiry", words: "days to expiry" },
  WEEKDAY: { args: {}, unit: "number", least: 1, most: 7, help: "1 = Monday … 7 = Sunday", words: "the weekday (1 = Monday)" },
  DAY: { args: { fact: { kind: "fact" } }, unit: "number", help: "a fact of the day's spot or of the day before, from when it is known on", words: "the day's {fact}" },
  REGIME: { args: { of: { kind: "regime" } }, unit: "number", least: 1, most: 10, help: "decile, 1 to 10, of the day's gap, of the first five minutes' range, or of the day before's realised volatility, among the days before", words: "the decile of {regime}" },
  PNL: { args: {}, unit: "rupees", exitOnly: true, help: "P&L of the open position at its marks", words: "the position's P&L" },
  DRAWDOWN: { args: {}, unit: "rupees", least: 0, exitOnly: true, help: "PEAK_PNL − PNL", words: "the position's fall from its best P&L" },
  PEAK_PNL: { args: {}, unit: "rupees", exitOnly: true, help: "the largest P&L since the entry's fill", words: "the position's best P&L" },
  HOLD_SECS: { args: {}, unit: "seconds", least: 0, exitOnly: true, help: "seconds since the entry's fill", words: "the time held in seconds" },
} as const satisfies Record<string, MetricInfo>;

export type MetricName = keyof typeof METRICS;
export const METRIC_NAMES = Object.keys(METRICS) as readonly MetricName[];

/** The same table without the precise types of its rows. */
export const metricInfo = (name: MetricName): MetricInfo => METRICS[name];

/** Short names: a metric with some of its args filled in. A span is then fixed, `of` only has another default. */
export const ALIASES = {
  VIX: { metric: "SPOT", args: { of: "vix" } },
  VOL_1S: { metric: "VOL", args: { seconds: 1 } },
  VOL_1M: { metric: "VOL", args: { seconds: 60 } },
  VOL_2M: { metric: "VOL", args: { seconds: 120 } },
  VOL_3M: { metric: "VOL", args: { seconds: 180 } },
  VOL_5M: { metric: "VOL", args: { seconds: 300 } },
  RV_10S: { metric: "RV", args: { seconds: 10 } },
  RV_60S: { metric: "RV", args: { seconds: 60 } },
  RV_5M: { metric: "RV", args: { seconds: 300 } },
} as const satisfies Record<string, { readonly metric: MetricName; readonly args: { readonly of?: string; readonly seconds?: number } }>;

export type AliasName = keyof typeof ALIASES;
export const ALIAS_NAMES = Object.keys(ALIASES) as readonly AliasName[];

/** Whether a name stands alone, without args. */
export function standsAlone(name: MetricName | AliasName): boolean {
  return name in ALIASES || Object.values(metricInfo(name as MetricName).args).every((arg) => "default" in arg && arg.default !== undefined);
}
