/** Semantics §2 "Expiry": the expiry that a strategy trades on a date. Only expiries with a listed contract count. */
import type { MarketRules } from "../market/types.ts";
import { OPTION_SIDES } from "../results/types.ts";
import type { Strategy } from "../strategy/types.ts";
import { dayNumber, type DayNumber } from "../time.ts";
import type { ContractId } from "../market/contract-id.ts";
import type { DayData } from "./ports.ts";

export interface ExpiryChoice {
  readonly expiry: DayNumber;
  /** Of `nearest`: the calendar has an earlier expiry, which has no rows today. */
  readonly gap: boolean;
}

/** `hint` is a spot value in paise where the date has one: listed contracts are looked for around it. */
export async function chooseExpiry(universe: Strategy["universe"], data: DayData, rules: MarketRules, hint: number | undefined): Promise<ExpiryChoice | undefined> {
  const { symbol } = universe;
  const monthly = (expiry: DayNumber) => rules.isMonthly(symbol, expiry) === true;
  const fits: (expiry: DayNumber) => boolean =
    universe.expiry === "weekly" ? (e) => !monthly(e)
    : universe.expiry === "monthly" ? monthly
    : universe.expiry === "nearest" || universe.expiry === "next" ? () => true
    : (e) => e === dayNumber(universe.expiry);

  let toPass = universe.expiry === "next" ? 1 : 0;
  for (const expiry of await data.expiries()) {
    if (!fits(expiry) || !(await hasRows(data, symbol, expiry, hint))) continue;
    if (toPass-- > 0) continue;
    const gap = universe.expiry === "nearest" && rules.expiries(symbol).some(({ date }) => date >= data.date && date < expiry);
    return { expiry, gap };
  }
  return undefined;
}

/** Whether any contract of the expiry is listed, looking outward so that a normal day opens one file. */
async function hasRows(data: DayData, symbol: string, expiry: DayNumber, hint: number | undefined): Promise<boolean> {
  const strikes = await data.strikes(expiry);
  if (strikes.length === 0) return false;
  const middle = hint === undefined ? strikes[strikes.length >> 1].strike : hint / 100;
  const contracts = [...strikes]
    .sort((a, b) => Math.abs(a.strike - middle) - Math.abs(b.strike - middle) || a.strike - b.strike)
    .flatMap(({ strike, ce, pe }): ContractId[] => OPTION_SIDES.filter((cp) => (cp === "CE" ? ce : pe)).map((cp) => ({ symbol, expiry, strike, cp })));
  for (let start = 0, size = 1; start < contracts.length; start += size, size = Math.min(size * 2, 32)) {
    const slices = await data.load(contracts.slice(start, start + size));
    if (slices.some((slice) => slice !== undefined)) return true;
  }
  return false;
}
