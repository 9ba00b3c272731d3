import type { MarketRules, SymbolName } from "../core/market/types.ts";
import { dayNumber, isoDate, type IsoDate } from "../core/time.ts";
import type { RuleBook } from "./reference.ts";

/** The market rules as the reference asks for them, for a date of one symbol. */
export function ruleBook(rules: MarketRules, symbol: SymbolName, today: IsoDate): RuleBook {
  const ofToday = rules.session(dayNumber(today));
  return {
    sessionOf(date) {
      const session = rules.session(dayNumber(date));
      // The close of an expiry that the calendar does not reach, or knows no session of, counts as that of the day traded.
      if (date > today && (session === undefined || session === "closed")) return ofToday ?? "closed";
      return session ?? "closed";
    },
    calendarExpiries: () => rules.expiries(symbol).map(({ date, monthly }) => ({ date: isoDate(date), monthly })),
    lotOf: (_, expiry) => rules.lotSize(symbol, dayNumber(expiry)),
    stepOf: (_, date, expiry) => rules.strikeStep(symbol, dayNumber(date), expiry === "" ? undefined : dayNumber(expiry)) ?? Number.NaN,
    costRatesOf(date, future) {
      const rates = rules.costs(symbol, dayNumber(date), future ? "future" : "option");
      return rates && { brokerage: rates.brokerage, stt: rates.sttSellPct, exchange: rates.exchangePct, sebi: rates.sebiPct, stamp: rates.stampBuyPct, gst: rates.gstPct };
    },
    freezeOf: (_, date) => rules.freezeQuantity(symbol, dayNumber(date)),
  };
}
