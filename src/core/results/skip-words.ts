/** The reasons of skips in words. */
import type { SkipReason } from "./types.ts";

export const SKIP_WORDS: Readonly<Record<SkipReason, string>> = {
  not_flat: "a position was still on, or the cooldown was running",
  no_spot: "there was no fresh spot value to choose a strike by",
  no_contract: "no listed contract at or near the wanted strike",
  untradeable: "no second in which every leg had fresh enough prices, within the spread and quantity that the fill allows",
  session: "the session of the date does not hold the window",
  filtered: "the filter was not true",
  not_reached: "no leg had reached its waiting price by the end of the window",
};
