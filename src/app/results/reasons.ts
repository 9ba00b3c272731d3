/** The reason codes of result files in words, and why a figure is missing. */
import type { DayReason, SkipReason } from "../../core/results/types.ts";

export const SKIP_WORDS: Readonly<Record<SkipReason, string>> = {
  not_flat: "a position was still on, or the cooldown was running",
  no_spot: "there was no fresh spot value to choose a strike by",
  no_contract: "no listed contract at or near the wanted strike",
  untradeable: "no second in which every leg had fresh enough prices",
  session: "the session of the date does not hold the window",
  filtered: "the filter was not true",
  not_reached: "no leg had reached its waiting price by the end of the window",
};

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
