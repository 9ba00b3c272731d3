import type { ExpiryDate, OptionSide, SymbolName } from "../market/types.ts";
import type { NameStyle, NamedContract } from "./contract-name.ts";
import type { SampleDay } from "./market.ts";

/** What is wrong or unusual about a whole file. */
export type FileShape = "full" | "empty" | "eight_columns" | "volactual" | "ends_early";

/** A contract of the made-up market: which file it becomes and on which days it trades. */
export interface PlannedContract extends NamedContract {
  readonly days: readonly SampleDay[];
  /** Place within its expiry, from the farthest strike inwards: decides the odd features. */
  readonly rank: number;
  readonly shape: FileShape;
  readonly style: NameStyle;
  /** Its file's first row stands at the epoch in one clock or both. */
  readonly firstClock?: "ts" | "timestamp" | "both";
}

export interface ExpiryPlan {
  readonly contracts: readonly PlannedContract[];
  /** Strikes that have only one side. */
  readonly oneSided: number;
}

const ODD_FILES: readonly { readonly shape: FileShape; readonly style: NameStyle }[] = [
  { shape: "empty", style: "nse" },
  { shape: "eight_columns", style: "nse" },
  { shape: "volactual", style: "nse" },
  { shape: "full", style: "nse_upper" },
  { shape: "full", style: "day_month_year" },
  { shape: "full", style: "day_month_year_side_first" },
  { shape: "ends_early", style: "nse" },
];
const FIRST_CLOCKS = ["ts", undefined, "timestamp", "both", undefined] as const;
/** Steps from the first open at which the strike lacks its put or its call. */
const WITHOUT_PUT = 2;
const WITHOUT_CALL = -3;

/**
 * The contracts of one expiry: every strike within `strikesEachSide` steps of where spot has been, from the day it got there on.
 * @param range lowest and highest spot of a day, rupees
 */
export function planExpiry(
  symbol: SymbolName,
  expiry: ExpiryDate,
  days: readonly SampleDay[],
  range: (day: SampleDay) => { low: number; high: number },
  step: number,
  strikesEachSide: number,
  quirks: boolean,
): ExpiryPlan {
  const firstDay = new Map<number, number>();
  days.forEach((day, index) => {
    const { low, high } = range(day);
    const top = (Math.round(high / step) + strikesEachSide) * step;
    for (let strike = (Math.round(low / step) - strikesEachSide) * step; strike <= top; strike += step) {
      if (!firstDay.has(strike)) firstDay.set(strike, index);
    }
  });
  const centre = Math.round(days[0].open / step) * step;
  const missing = new Map<number, OptionSide>(quirks ? [[centre + WITHOUT_PUT * step, "PE"], [centre + WITHOUT_CALL * step, "CE"]] : []);
  const listed = [...firstDay]
    .flatMap(([strike, first]) => (["CE", "PE"] as const).map((cp) => ({ strike, cp, first })))
    .filter(({ strike, cp }) => missing.get(strike) !== cp)
    .sort((a, b) => Math.abs(b.strike - centre) - Math.abs(a.strike - centre) || a.strike - b.strike || (a.cp < b.cp ? -1 : 1));
  const contracts = listed.map(({ strike, cp, first }, rank) => ({
    symbol, expiry: expiry.date, monthly: expiry.monthly, strike, cp, rank,
    days: days.slice(first),
    ...(quirks && rank < listed.length / 2 ? ODD_FILES[rank] : undefined) ?? { shape: "full" as const, style: "nse" as const },
    firstClock: quirks ? FIRST_CLOCKS[rank % FIRST_CLOCKS.length] : undefined,
  }));
  return { contracts, oneSided: [...missing.keys()].filter((strike) => firstDay.has(strike)).length };
}
