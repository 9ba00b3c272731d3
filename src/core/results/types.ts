/** What a run produces. Tables are columns, never an object per row: a sweep has millions of trades. */
import type { DayNumber, IsoDate, Second } from "../time.ts";
import type { Paise } from "../money.ts";
import type { QualityCounts } from "../grid/slice.ts";
import type { MetricName } from "../strategy/metrics.ts";

/** Codes stored in columns are indexes into these lists. The words are those of semantics §6 and go into the files. */
export const SIDES = ["BUY", "SELL"] as const;
export const OPTION_SIDES = ["CE", "PE"] as const;
/** What a leg can be; options come first, so that their codes are those of OPTION_SIDES. */
export const LEG_KINDS = [...OPTION_SIDES, "FUT"] as const;
export const ENTRY_REASONS = ["at", "when", "rebalance", "reentry", "adjust"] as const;
export const EXIT_REASONS = [
  "exit_at", "window_end", "stop_loss", "target", "trail", "leg_stop_loss", "leg_target", "exit_when", "rebalance",
  "lock", "premium_rise", "premium_fall", "leg_cost_stop", "square_off", "adjust",
] as const;
export const SKIP_REASONS = ["not_flat", "no_spot", "no_contract", "untradeable", "session", "filtered", "not_reached"] as const;
export const DAY_REASONS = ["no_expiry", "dte", "session", "no_rule", "quarantined", "unreadable"] as const;
export type EntryReason = (typeof ENTRY_REASONS)[number];
export type ExitReason = (typeof EXIT_REASONS)[number];
export type SkipReason = (typeof SKIP_REASONS)[number];
export type DayReason = (typeof DAY_REASONS)[number];
/** Bits of the `flags` column, in the order in which they are written. */
export const TRADE_FLAGS = ["stale_exit", ...[2, 3, 4, 5, 6, 7, 8, 9, 10].map((block) => `entry_${block}`)] as const;

/** Number columns of the trades of one day or one run. Every array has `length` entries. */
export interface TradeColumns {
  readonly length: number;
  /** Index of the variant, from 0 (v1). */
  readonly variant: Int32Array;
  readonly date: Int32Array;
  /** Within a day block: counts from 1 per variant and day. In a merged table: from 1 per variant over the run. */
  readonly positionId: Int32Array;
  /** Place in `legs`, from 1. */
  readonly legId: Int32Array;
  readonly expiry: Int32Array;
  /** Rupees; NaN of a future. */
  readonly strike: Float64Array;
  readonly cp: Uint8Array;
  readonly side: Uint8Array;
  readonly lots: Int32Array;
  readonly qty: Int32Array;
  /** Seconds of the IST day. */
  readonly decisionEntry: Int32Array;
  readonly tsEntry: Int32Array;
  /** Paise, slippage included. */
  readonly entryPx: Int32Array;
  readonly decisionExit: Int32Array;
  readonly tsExit: Int32Array;
  readonly exitPx: Int32Array;
  /** Paise over both fills. */
  readonly slippage: Float64Array;
  readonly fees: Float64Array;
  /** Paise, before fees. */
  readonly pnl: Float64Array;
  /** Of the trade's position, the same in all its rows: its lowest and highest P&L at the marks while it was held, before fees, paise. */
  readonly mae: Float64Array;
  readonly mfe: Float64Array;
  readonly reasonEntry: Uint8Array;
  readonly reasonExit: Uint8Array;
  /** Place in `window`, from 1. */
  readonly windowId: Int32Array;
  readonly flags: Uint16Array;
}

/** The tables of a run that files are made of: one row per trade, or per position. */
export type ResultTable = "trades" | "positions";

/** Equal skips of consecutive seconds are one row. */
export interface Skip {
  readonly variant: number;
  readonly date: DayNumber;
  readonly first: Second;
  readonly last: Second;
  readonly count: number;
  readonly windowId: number;
  readonly reason: SkipReason;
}

/** A date of the data that was not run, and why, in words that a trader understands. */
export interface DayNotRun {
  readonly date: DayNumber;
  readonly reason: DayReason;
  readonly detail: string;
  /** Which of the variants it concerns, by their swept values; absent where it concerns all. */
  readonly variants?: string;
}

export type SpotSource = "files" | "future" | "synthetic";

/** The market as one leg saw it in one second. Prices in paise; null where there is none. */
export interface LegInputs {
  readonly legId: number;
  /** `50000 CE`, `FUT` */
  readonly contract: string;
  readonly bid: number | null;
  readonly ask: number | null;
  /** Seconds since the row of the latest valid quote. */
  readonly quoteAge: number | null;
  readonly spreadTicks: number | null;
  readonly price: number | null;
  readonly priceAge: number | null;
  /** The five levels of the latest valid quote, where the run reads them: for `fill.model: depth`, or in a condition. */
  readonly levels: readonly BookLevel[] | null;
  /** Of a leg that waits for its premium, where that is looked at; null elsewhere. */
  readonly wait: WaitInputs | null;
}

/** What a leg with `wait` looks at. Paise, in halves: the premium is the middle of the quote. */
export interface WaitInputs {
  /** In words: `waits until its premium has risen by 10 %`. */
  readonly rule: string;
  /** At this second; null without one. */
  readonly premium: number | null;
  /** The premium at the decision that armed the leg, or the highest or lowest of the first minutes; null while that is not known, or where there is none. */
  readonly reference: number | null;
  /** The premium at or beyond which the order is decided; null where the reference is. */
  readonly threshold: number | null;
}

/** One level of both sides: prices in paise, quantities in units; null where the row has none. */
export interface BookLevel {
  readonly bid: Paise | null;
  readonly bidQuantity: number | null;
  readonly ask: Paise | null;
  readonly askQuantity: number | null;
}

/** The value of a metric in the condition of a decision; null where it is missing. */
export interface MetricValue {
  readonly name: MetricName;
  /** In words: `volume of straddle over 1 min`. */
  readonly metric: string;
  readonly value: number | null;
}

/** The exact inputs of one decision or fill of a sampled trade. */
export interface MomentInputs {
  readonly second: Second;
  readonly spot: Paise | null;
  readonly spotAge: number | null;
  readonly atm: number | null;
  /** Whether `atm` is the nearest strike by name alone: the run has not read whether it has rows on the date. */
  readonly atmByName: boolean;
  /** By the contracts that the moment is about: chosen at an entry's decision, held afterwards. */
  readonly legs: readonly LegInputs[];
  /** Of a decision that rolls legs (`adjust`, a rebalance) those that it closes: the metrics are of what was held. */
  readonly held: readonly LegInputs[];
  /** Every metric of the conditions that were looked at: the filter and `when` of an entry, `exit.when` of an exit, `adjust` of a roll. */
  readonly metrics: readonly MetricValue[];
  /** P&L of the position at its marks, paise; null while it is not on. */
  readonly pnl: number | null;
  /** The rule that fired, in words: `at 09:15:00`, `rebalance 10:15:00: ATM 50500 → 50600`, `window_end 15:25:00`. */
  readonly rule: string;
}

export interface SampledTrade {
  readonly variant: number;
  readonly date: DayNumber;
  readonly positionId: number;
  readonly legId: number;
  /** Of a leg that waited for its premium: the decision that chose its contract and from which on it waited. */
  readonly armed: MomentInputs | null;
  readonly entryDecision: MomentInputs;
  readonly entryFill: MomentInputs & { readonly beforeSlippage: Paise };
  readonly exitDecision: MomentInputs;
  readonly exitFill: MomentInputs & { readonly beforeSlippage: Paise };
}

/** The decision of an entry with legs that wait for their premiums. */
export interface SampledArming {
  /** 0: nothing of the position was filled. */
  readonly positionId: number;
  readonly inputs: MomentInputs;
}

/** A skip with what the market showed in its first second; null of a window that the session does not hold. */
export interface SampledSkip {
  readonly skip: Skip;
  readonly inputs: MomentInputs | null;
}

/** A file that was read, as the ledger names it. `footer` is the hex SHA-256 of the Parquet footer bytes. */
export interface FileFingerprint {
  readonly path: string;
  readonly size: number;
  readonly modified: number;
  readonly footer: string;
}

/** What became of a date for one part of a strategy (`partsOf`). `no_data`: no file of the symbol has a row on it, it is no date of the data. */
export type PartDay =
  | { readonly part: number; readonly kind: "run"; readonly spotSource: SpotSource; readonly expiryGap: boolean }
  | { readonly part: number; readonly kind: "not_run"; readonly reason: DayReason; readonly detail: string }
  | { readonly part: number; readonly kind: "no_data" };

/** Everything one day job produces for one strategy. */
export interface DayOutcome {
  readonly date: DayNumber;
  /** The parts that wanted the date. */
  readonly parts: readonly PartDay[];
  readonly trades: TradeColumns;
  readonly skips: readonly Skip[];
  readonly sample: readonly SampledTrade[];
  readonly quality: QualityCounts;
  readonly files: readonly FileFingerprint[];
  /** Contracts that were listed and read. */
  readonly contractsRead: number;
  readonly milliseconds: { readonly load: number; readonly simulate: number };
}

/** Figures of one variant (or of one part of it). Amounts in paise; null where the sample cannot give the figure. */
export interface SummaryFigures {
  readonly days: number;
  readonly trades: number;
  readonly positions: number;
  readonly winRate: number | null;
  readonly total: number;
  readonly average: number | null;
  readonly median: number | null;
  readonly standardDeviation: number | null;
  readonly best: number | null;
  readonly worst: number | null;
  readonly profitFactor: number | null;
  readonly expectancy: number | null;
  readonly sharpe: number | null;
  readonly sortino: number | null;
  readonly maxDrawdown: number;
  /** Days from the peak to the recovery, or to the last day. */
  readonly maxDrawdownDays: number;
  readonly medianHoldingSeconds: number | null;
  readonly fees: number;
  readonly slippage: number;
  readonly staleExits: number;
  /** Share of |P&L| that comes from stale exits, 0…1. */
  readonly staleExitShare: number | null;
}

/** A variant and its swept values. */
export type NamedVariant = Pick<VariantSummary, "variant" | "params">;

export interface VariantSummary extends SummaryFigures {
  readonly variant: string;
  readonly params: Readonly<Record<string, number | string | boolean>>;
  readonly by: Readonly<Record<"weekday" | "month" | "year" | "dte" | "window", readonly ({ readonly key: string } & SummaryFigures)[]>>;
  /** One entry per day run, in date order: net P&L of the day, paise. */
  readonly daily: { readonly dates: readonly IsoDate[]; readonly net: readonly number[] };
}
