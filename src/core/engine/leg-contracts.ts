/** The contracts that single legs name beside the universe's: of other expiries, and the future. */
import type { MarketRules } from "../market/types.ts";
import { LEG_KINDS } from "../results/types.ts";
import type { CompiledStrategy } from "../strategy/compile.ts";
import type { ExpiryName, Strategy } from "../strategy/types.ts";
import { isoDate, type DayNumber } from "../time.ts";
import type { Chain, ContractTerms } from "./chain.ts";
import type { DayMarket } from "./day-market.ts";
import { chooseExpiry } from "./expiry.ts";
import { NotRun } from "./not-run.ts";

const FUTURE = LEG_KINDS.indexOf("FUT");

/** What the rules say of the contracts of an expiry. Throws NotRun where they say nothing. */
export function termsOf(rules: MarketRules, symbol: string, date: DayNumber, expiry: DayNumber): ContractTerms {
  const lotSize = lotSizeOf(rules, symbol, expiry);
  const step = rules.strikeStep(symbol, date, expiry);
  if (step === undefined) throw new NotRun("no_rule", `the market rules have no strike step for ${symbol} on ${isoDate(date)}`);
  return { expiry, lotSize, step };
}

function lotSizeOf(rules: MarketRules, symbol: string, expiry: DayNumber): number {
  const lotSize = rules.lotSize(symbol, expiry);
  if (lotSize === undefined) throw new NotRun("no_rule", `the market rules have no lot size for ${symbol} contracts of ${isoDate(expiry)}`);
  return lotSize;
}

/** Whether a leg of any variant is the future. */
export function tradesFuture(compiled: readonly CompiledStrategy[]): boolean {
  return compiled.some(({ blocks }) => blocks.some(({ legs }) => legs.some(({ cp }) => cp === FUTURE)));
}

/**
 * Adds them to the market; answers where a leg of an expiry of its own looks. `hint` is a spot value in paise where the
 * date has one. Throws NotRun when a leg's expiry has no rows, or the rules do not know its contracts.
 */
export async function addLegContracts(market: DayMarket, universe: Strategy["universe"], rules: MarketRules, compiled: readonly CompiledStrategy[], hint: number | undefined): Promise<(expiry: ExpiryName) => Chain> {
  const { data, symbol, date } = market;
  const chains = new Map<ExpiryName, Chain>();
  for (const { expiry } of compiled.flatMap(({ blocks }) => blocks.flatMap(({ legs }) => legs))) {
    if (expiry === null || chains.has(expiry)) continue;
    const choice = await chooseExpiry({ ...universe, expiry }, data, rules, hint);
    if (!choice) throw new NotRun("no_expiry", `no ${symbol} contract of a leg's expiry (${expiry}) has rows in the session of ${isoDate(date)}`);
    chains.set(expiry, market.addChain(termsOf(rules, symbol, date, choice.expiry), await data.strikes(choice.expiry)));
  }
  if (tradesFuture(compiled)) await addFuture(market, rules);
  return (expiry) => chains.get(expiry)!;
}

async function addFuture(market: DayMarket, rules: MarketRules): Promise<void> {
  const { data, symbol, date } = market;
  const slice = await data.future();
  // Legs find no contract on a date without it.
  if (!slice) return;
  // A continuous series is that of the nearest month.
  const expiry = slice.expiry ?? rules.expiries(symbol).find((one) => one.monthly && one.date >= date)?.date;
  if (expiry === undefined) throw new NotRun("no_rule", `the market rules know no monthly expiry of ${symbol} from ${isoDate(date)} on`);
  market.addFuture({ expiry, lotSize: lotSizeOf(rules, symbol, expiry) }, slice);
}
