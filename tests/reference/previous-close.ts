/** Semantics §2, PREV_CLOSE: the last grid value of the latest earlier date of the data set, run or not. */
import type { Series } from "../../src/core/strategy/series.ts";
import type { Strategy } from "../../src/core/strategy/types.ts";
import type { Bug } from "./bugs.ts";
import { chainOf } from "./chain.ts";
import { seriesOfDay, type SpotSource } from "./day-series.ts";
import { chooseExpiry } from "./expiry.ts";
import { datesOf, sessionTicks, type FileInstrument } from "./file-instruments.ts";
import { remembered } from "./memory.ts";
import { sessionOf } from "./rules.ts";
import { valueAt, type Instrument } from "./series.ts";

export interface Today {
  readonly instruments: readonly FileInstrument[];
  readonly universe: Strategy["universe"];
  readonly date: string;
  /** Spot of another source is another series. */
  readonly source: SpotSource;
  readonly bug?: Bug;
}

/** Rupees. `chosen` are the contracts that the series stands for now: with `@now` and for a leg, their own previous close. */
export function previousClose(today: Today, series: Series, chosen: readonly (Instrument | null)[]): number | null {
  for (const date of datesOf(today.instruments).filter((d) => d < today.date).reverse()) {
    const value = lastValue(today, date, series, chosen);
    if (value !== null) return value;
  }
  return null;
}

function lastValue({ instruments, universe, source, bug }: Today, date: string, series: Series, chosen: readonly (Instrument | null)[]): number | null {
  const session = sessionOf(date);
  if (session === "closed") return null;
  const listed = instruments.filter((i) => i.kind === "option" && sessionTicks(i, date, session, bug).length > 0);
  const chain = (expiry: string) => remembered(instruments, `chain ${date} ${expiry} ${bug}`, () => chainOf(expiry, listed.filter((i) => i.expiry === expiry), date, session, bug));
  const choice = chooseExpiry({ ...universe, dte: null, expiry_missing: "use_next" }, date, listed.map((i) => i.expiry), bug);
  const expiryThen = "notRun" in choice ? "" : choice.expiry;
  const day = remembered(instruments, `${date} ${expiryThen} ${JSON.stringify(universe)} ${bug}`, () => seriesOfDay(instruments, universe, date, session, chain(expiryThen), bug));
  const last = session.close - 1;
  if (series.kind === "leg" || ("now" in series && series.now)) {
    const closes = chosen.map((member) => {
      if (member === null) return null;
      if (member.option) return chain(member.option.expiry).contract(member.option.strike, member.option.cp)?.price(last) ?? null;
      return day.tradedFuture?.instrument.key === member.key ? day.tradedFuture.instrument.price(last) : null;
    });
    return closes.reduce((sum, value) => (sum === null || value === null ? null : sum + value), 0);
  }
  if (series.kind === "spot" && day.source !== source) return null;
  return valueAt(day, series, last, last, (member, second) => member.price(second), []);
}
