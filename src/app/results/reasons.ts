/** The reason codes of result files in words, and why a figure is missing. */
import type { DayReason } from "../../core/results/types.ts";

export const DAY_WORDS: Readonly<Record<DayReason, string>> = {
  no_expiry: "no expiry with rows",
  dte: "days to expiry outside the wanted range",
  session: "the exchange was closed, or its session holds no window",
  no_rule: "the market rules do not reach this date",
  quarantined: "the data of the date was set aside",
  unreadable: "a file that the date needs could not be read",
};

export const NO_SPOT = "No valid spot value up to this second";
export const NO_VALUE = "No valid row up to this second";
