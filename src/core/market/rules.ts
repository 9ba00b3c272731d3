import { canonicalHash } from "../results/hash.ts";
import { dayNumber, yearMonth, type DayNumber } from "../time.ts";
import { DEFAULT_RULES } from "./data/default-rules.ts";
import { inForce, ruleDate, type InForce } from "./effective.ts";
import { createExpiryCalendar, type ExpiryCalendar } from "./expiry-calendar.ts";
import { withOverride, type RulesOverride } from "./override.ts";
import type { CostRow, Exchange, ExpiryRuleRow, FreezeRow, LotRow, RulesData, StrikeStepRow, SymbolData } from "./rules-data.ts";
import { createSessionCalendar, type SessionCalendar } from "./session-calendar.ts";
import type { CostRates, InstrumentKind, MarketRules, SymbolName, UncertainRule } from "./types.ts";
import { allDoubts, costDoubt, expiryDoubt, found, freezeDoubt, lotDoubt, stepDoubts, tickDoubt, unknownExpiry } from "./uncertain.ts";

interface SymbolRules {
  readonly symbol: SymbolName;
  readonly exchange: Exchange;
  readonly weeklyLot: InForce<LotRow>;
  readonly monthlyLot: InForce<LotRow>;
  readonly strikeStep: InForce<StrikeStepRow>;
  readonly freeze: InForce<FreezeRow>;
  readonly expiryRule: InForce<ExpiryRuleRow>;
  readonly expiries: ExpiryCalendar;
  /** Listed expiry → the one that it was moved to. */
  readonly redated: Map<DayNumber, DayNumber>;
}

/** A row of one of the two lot tables. */
interface FoundLot {
  readonly kind: "weekly" | "monthly";
  readonly row: LotRow;
}

/**
 * Makes the lookups over a set of market rules.
 * @throws RangeError that names the table and row when a date or clock of the data is wrong or out of order
 */
export function createRules(data: RulesData): MarketRules {
  const calendar = createSessionCalendar(data.calendar);
  const costs = perExchange((exchange) => ({
    option: inForce(`${exchange} costs of options`, data.costs[exchange].option),
    future: inForce(`${exchange} costs of futures`, data.costs[exchange].future),
  }));
  const ticks = perExchange((exchange) => inForce(`${exchange} ticks`, data.ticks[exchange]));
  const symbols = new Map(data.symbols.map((symbol) => [symbol.symbol, symbolRules(symbol, data, calendar)]));

  let calendarHash: string | undefined;
  return {
    version: data.version,
    symbols: data.symbols.map((symbol) => symbol.symbol),
    // Only those who keep an index ask for it, and to work it out takes longer than the rest.
    get calendarHash() {
      return (calendarHash ??= canonicalHash([data.calendar, data.redated]));
    },
    lotSize: (symbol, expiry) => lotOf(symbols.get(symbol), expiry)?.row.lot ?? undefined,
    strikeStep(symbol, date, expiry) {
      const rules = symbols.get(symbol);
      const row = rules?.strikeStep(date);
      return rules && row && stepIn(row, expiry === undefined ? 0 : monthsAhead(rules.expiries, date, expiry)).step;
    },
    tick: (symbol, date) => exchangeOf(symbols, symbol, ticks)?.(date)?.tick,
    freezeQuantity: (symbol, date) => symbols.get(symbol)?.freeze(date)?.quantity,
    session: (date) => calendar.session(date),
    costs(symbol, date, kind = "option") {
      const row = exchangeOf(symbols, symbol, costs)?.[kind](date);
      return row && ratesOf(row);
    },
    expiries: (symbol) => symbols.get(symbol)?.expiries.all ?? [],
    monthlyExpiry: (symbol, year, month) => symbols.get(symbol)?.expiries.monthly(year, month)?.date,
    isMonthly: (symbol, expiry) => symbols.get(symbol)?.expiries.on(expiry)?.monthly,
    actualExpiry: (symbol, named) => symbols.get(symbol)?.redated.get(named) ?? named,
    uncertain(symbol, date, expiry) {
      const rules = symbols.get(symbol);
      if (!rules) return [];
      const cost = (kind: InstrumentKind) => costDoubt(rules.exchange, kind, costs[rules.exchange][kind](date));
      const ofDate = [tickDoubt(rules.exchange, ticks[rules.exchange](date)), freezeDoubt(symbol, rules.freeze(date)), cost("option"), cost("future")];
      return [...calendar.uncertain(date), ...found(ofDate), ...stepsInDoubt(rules, date, expiry), ...(expiry === undefined ? [] : contractInDoubt(rules, expiry))];
    },
    allUncertain: allDoubts(data),
  };
}

/** The rules that ship with the product. */
export const defaultRules: MarketRules = createRules(DEFAULT_RULES);

/** The rules that ship with the product, changed by a file of the user's where there is one. */
export function rulesWith(override: RulesOverride | undefined): MarketRules {
  return override ? createRules(withOverride(DEFAULT_RULES, override)) : defaultRules;
}

function symbolRules(symbol: SymbolData, data: RulesData, calendar: SessionCalendar): SymbolRules {
  const redated = new Map<DayNumber, DayNumber>();
  for (const { symbols, named, actual } of data.redated) {
    if (symbols.includes(symbol.symbol)) redated.set(ruleDate("re-dated contracts", named), ruleDate("re-dated contracts", actual));
  }
  return {
    symbol: symbol.symbol,
    exchange: symbol.exchange,
    weeklyLot: inForce(`${symbol.symbol} weekly lots`, symbol.lots.weekly),
    monthlyLot: inForce(`${symbol.symbol} monthly lots`, symbol.lots.monthly),
    strikeStep: inForce(`${symbol.symbol} strike steps`, symbol.strikeSteps),
    freeze: inForce(`${symbol.symbol} freeze quantities`, symbol.freeze),
    expiryRule: inForce(`${symbol.symbol} expiry weekdays`, symbol.expiryRules),
    expiries: createExpiryCalendar(symbol.symbol, symbol.expiryRules, calendar),
    redated,
  };
}

function perExchange<T>(make: (exchange: Exchange) => T): Readonly<Record<Exchange, T>> {
  return { NSE: make("NSE"), BSE: make("BSE") };
}

function ratesOf({ uncertain: _, from, ...rates }: CostRow): CostRates {
  return { ...rates, from: dayNumber(from) };
}

function exchangeOf<T>(symbols: ReadonlyMap<SymbolName, SymbolRules>, symbol: SymbolName, tables: Readonly<Record<Exchange, T>>): T | undefined {
  const rules = symbols.get(symbol);
  return rules && tables[rules.exchange];
}

/** An expiry outside the calendar has a lot only where weekly and monthly contracts agree, or only one kind is listed. */
function lotOf(rules: SymbolRules | undefined, expiry: DayNumber): FoundLot | undefined {
  if (!rules) return undefined;
  const of = (kind: FoundLot["kind"]): FoundLot | undefined => {
    const row = (kind === "weekly" ? rules.weeklyLot : rules.monthlyLot)(expiry);
    return row && row.lot !== null ? { kind, row } : undefined;
  };
  const known = rules.expiries.on(expiry);
  if (known) return of(known.monthly ? "monthly" : "weekly");
  const [weekly, monthly] = [of("weekly"), of("monthly")];
  if (!weekly || !monthly) return weekly ?? monthly;
  return weekly.row.lot === monthly.row.lot ? weekly : undefined;
}

/** Contract months from the nearest one of a date to that of an expiry. */
function monthsAhead(expiries: ExpiryCalendar, date: DayNumber, expiry: DayNumber): number {
  const count = ({ year, month }: { year: number; month: number }) => year * 12 + month;
  const { year, month } = yearMonth(date);
  const monthly = expiries.monthly(year, month);
  const nearest = count({ year, month }) + (monthly !== undefined && monthly.date < date ? 1 : 0);
  return count(yearMonth(expiry)) - nearest;
}

function stepIn(row: StrikeStepRow, months: number): { readonly step: number } {
  return row.far?.findLast((far) => months >= far.months) ?? row;
}

function stepsInDoubt(rules: SymbolRules, date: DayNumber, expiry: DayNumber | undefined): UncertainRule[] {
  const row = rules.strikeStep(date);
  if (!row) return [];
  const inForce = stepIn(row, expiry === undefined ? 0 : monthsAhead(rules.expiries, date, expiry));
  const at = inForce === row ? 0 : 1 + (row.far ?? []).findIndex((far) => far === inForce);
  return found([stepDoubts(rules.symbol, row)[at]]);
}

function contractInDoubt(rules: SymbolRules, expiry: DayNumber): UncertainRule[] {
  const lot = lotOf(rules, expiry);
  const known = rules.expiries.on(expiry);
  const doubts = found([lot && lotDoubt(rules.symbol, lot.kind, lot.row), expiryDoubt(rules.symbol, known && rules.expiryRule(known.scheduled))]);
  return known ? doubts : [...doubts, unknownExpiry(rules.symbol, expiry)];
}
