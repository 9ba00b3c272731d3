import type { SessionOf } from "../core/grid/slice-rows.ts";
import type { MarketRules } from "../core/market/types.ts";

/** Sessions by date; undefined on a closed day and where the calendar does not reach. */
export function sessionLookup(rules: MarketRules): SessionOf {
  return (date) => {
    const session = rules.session(date);
    return session === "closed" ? undefined : session;
  };
}
