/** A user's own rows over the market rules that ship with the product. */
import type { CalendarData, CostTables, Exchange, LotTable, RedatedContract, RulesData, SymbolData, TickRow, UncertainDates } from "./rules-data.ts";

/** Rows of one symbol; a symbol that the rules do not know needs its exchange. */
export interface SymbolRows extends Partial<Omit<SymbolData, "symbol" | "lots">> {
  readonly symbol: SymbolData["symbol"];
  readonly lots?: Partial<LotTable>;
}

/** Rows to add, or to put in the place of those with the same date. Plain values: they go to workers in messages. */
export interface RulesOverride {
  /** First eight hex digits of the SHA-256 of the file. */
  readonly hash: string;
  readonly symbols: readonly SymbolRows[];
  /** A year's holidays replace all holidays of that year. */
  readonly calendar: Partial<Omit<CalendarData, "uncertain">>;
  readonly redated: readonly RedatedContract[];
  readonly ticks: Partial<Record<Exchange, readonly TickRow[]>>;
  readonly costs: Partial<Record<Exchange, Partial<CostTables>>>;
}

/** The rules with the user's rows in them; their version names the file. Throws a RangeError when a new symbol has no exchange. */
export function withOverride(data: RulesData, override: RulesOverride): RulesData {
  const { ticks, costs, calendar: own } = override;
  const calendar = data.calendar;
  const names = new Set([...data.symbols, ...override.symbols].map(({ symbol }) => symbol));
  return {
    version: `${data.version}+override:${override.hash}`,
    symbols: [...names].map((name) => symbolWith(name, data.symbols.find(({ symbol }) => symbol === name), override.symbols.find(({ symbol }) => symbol === name))),
    calendar: {
      from: own.from ?? calendar.from,
      to: own.to ?? calendar.to,
      regularHours: byDate(calendar.regularHours, own.regularHours),
      holidays: { ...calendar.holidays, ...own.holidays },
      specialSessions: merged(calendar.specialSessions, own.specialSessions, ({ date }) => date),
      uncertain: own.holidays ? calendar.uncertain.flatMap((dates) => outsideYears(dates, own.holidays ?? {})) : calendar.uncertain,
    },
    redated: [...data.redated, ...override.redated],
    ticks: { NSE: byDate(data.ticks.NSE, ticks.NSE), BSE: byDate(data.ticks.BSE, ticks.BSE) },
    costs: { NSE: costsWith(data.costs.NSE, costs.NSE), BSE: costsWith(data.costs.BSE, costs.BSE) },
  };
}

const NOTHING: Omit<SymbolData, "symbol" | "exchange"> = { lots: { weekly: [], monthly: [] }, strikeSteps: [], freeze: [], expiryRules: [] };

function symbolWith(symbol: string, known: SymbolData | undefined, own: SymbolRows | undefined): SymbolData {
  const exchange = own?.exchange ?? known?.exchange;
  if (exchange === undefined) throw new RangeError(`market rules: ${symbol} is new, so its exchange is needed: NSE or BSE`);
  const base = known ?? { ...NOTHING, symbol, exchange };
  if (!own) return base;
  return {
    symbol,
    exchange,
    lots: { weekly: byDate(base.lots.weekly, own.lots?.weekly), monthly: byDate(base.lots.monthly, own.lots?.monthly) },
    strikeSteps: byDate(base.strikeSteps, own.strikeSteps),
    freeze: byDate(base.freeze, own.freeze),
    expiryRules: byDate(base.expiryRules, own.expiryRules),
  };
}

function costsWith(base: CostTables, own: Partial<CostTables> | undefined): CostTables {
  return { option: byDate(base.option, own?.option), future: byDate(base.future, own?.future) };
}

function byDate<Row extends { readonly from: string }>(rows: readonly Row[], own: readonly Row[] | undefined): readonly Row[] {
  return merged(rows, own, ({ from }) => from);
}

/** In order of the key, which is a date; a row of the user's stands in for one with the same key. */
function merged<Row>(rows: readonly Row[], own: readonly Row[] = [], key: (row: Row) => string): readonly Row[] {
  return [...new Map([...rows, ...own].map((row) => [key(row), row])).values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** What is left of a doubt about holidays where the user has given those of some years. */
function outsideYears({ from, to, why }: UncertainDates, years: CalendarData["holidays"]): UncertainDates[] {
  const left: UncertainDates[] = [];
  for (let year = Number(from.slice(0, 4)); year <= Number(to.slice(0, 4)); year++) {
    if (years[year] !== undefined) continue;
    const [first, last] = [`${year}-01-01`, `${year}-12-31`];
    left.push({ from: from > first ? from : first, to: to < last ? to : last, why });
  }
  return left;
}
