import type { DayNumber } from "../time.ts";
import { DEFAULT_RULES } from "./data/default-rules.ts";
import { inForce, ruleDate, type InForce } from "./effective.ts";
import { createExpiryCalendar, type ExpiryCalendar } from "./expiry-calendar.ts";
import type { CostRow, Exchange, LotRow, RulesData, StrikeStepRow, SymbolData } from "./rules-data.ts";
import { createSessionCalendar, type SessionCalendar } from "./session-calendar.ts";
import type { CostRates, MarketRules, SymbolName } from "./types.ts";

interface SymbolRules {
  readonly exchange: Exchange;
  readonly weeklyLot: InForce<LotRow>;
  readonly monthlyLot: InForce<LotRow>;
  readonly strikeStep: InForce<StrikeStepRow>;
  readonly expiries: ExpiryCalendar;
  /** Listed expiry → the one that it was moved to. */
  readonly redated: Map<DayNumber, DayNumber>;
}

/**
 * Makes the lookups over a set of market rules.
 * @throws RangeError that names the table and row when a date or clock of the data is wrong or out of order
 */
export function createRules(data: RulesData): MarketRules {
  const calendar = createSessionCalendar(data.calendar);
  const costs: Record<Exchange, InForce<CostRates>> = {
    NSE: costTable("NSE costs", data.costs.NSE),
    BSE: costTable("BSE costs", data.costs.BSE),
  };
  const symbols = new Map<SymbolName, SymbolRules>();
  for (const symbol of data.symbols) symbols.set(symbol.symbol, symbolRules(symbol, data, calendar));

  const lotRow = (symbol: SymbolName, expiry: DayNumber): LotRow | undefined => {
    const rules = symbols.get(symbol);
    if (!rules) return undefined;
    const known = rules.expiries.on(expiry);
    if (known) return listed((known.monthly ? rules.monthlyLot : rules.weeklyLot)(expiry));
    return lotOfUnknownKind(listed(rules.weeklyLot(expiry)), listed(rules.monthlyLot(expiry)));
  };

  return {
    version: data.version,
    symbols: data.symbols.map((symbol) => symbol.symbol),
    lotSize: (symbol, expiry) => lotRow(symbol, expiry)?.lot ?? undefined,
    lotUncertain: (symbol, expiry) =>
      lotRow(symbol, expiry)?.uncertain === true || symbols.get(symbol)?.expiries.on(expiry) === undefined,
    strikeStep: (symbol, date) => symbols.get(symbol)?.strikeStep(date)?.step,
    session: (date) => calendar.session(date),
    costs(symbol, date) {
      const rules = symbols.get(symbol);
      return rules && costs[rules.exchange](date);
    },
    expiries: (symbol) => symbols.get(symbol)?.expiries.all ?? [],
    monthlyExpiry: (symbol, year, month) => symbols.get(symbol)?.expiries.monthly(year, month)?.date,
    isMonthly: (symbol, expiry) => symbols.get(symbol)?.expiries.on(expiry)?.monthly,
    actualExpiry: (symbol, named) => symbols.get(symbol)?.redated.get(named) ?? named,
  };
}

/** The rules that ship with the product. */
export const defaultRules: MarketRules = createRules(DEFAULT_RULES);

function symbolRules(symbol: SymbolData, data: RulesData, calendar: SessionCalendar): SymbolRules {
  const redated = new Map<DayNumber, DayNumber>();
  for (const { symbols, named, actual } of data.redated) {
    if (symbols.includes(symbol.symbol)) redated.set(ruleDate("re-dated contracts", named), ruleDate("re-dated contracts", actual));
  }
  return {
    exchange: symbol.exchange,
    weeklyLot: inForce(`${symbol.symbol} weekly lots`, symbol.lots.weekly),
    monthlyLot: inForce(`${symbol.symbol} monthly lots`, symbol.lots.monthly),
    strikeStep: inForce(`${symbol.symbol} strike steps`, symbol.strikeSteps),
    expiries: createExpiryCalendar(symbol.symbol, symbol.expiryRules, calendar),
    redated,
  };
}

function costTable(name: string, rows: readonly CostRow[]): InForce<CostRates> {
  const table = rows.map((row) => ({ from: row.from, rates: { ...row, from: ruleDate(name, row.from), uncertain: row.uncertain === true } }));
  const find = inForce(name, table);
  return (date) => find(date)?.rates;
}

function listed(row: LotRow | undefined): LotRow | undefined {
  return row && row.lot !== null ? row : undefined;
}

/** An expiry outside the calendar has a lot only where weekly and monthly contracts agree, or only one kind is listed. */
function lotOfUnknownKind(weekly: LotRow | undefined, monthly: LotRow | undefined): LotRow | undefined {
  if (!weekly || !monthly) return weekly ?? monthly;
  return weekly.lot === monthly.lot ? weekly : undefined;
}
