/** The sentences that say which rule is not certain, and why. */
import { isoDate, type DayNumber } from "../time.ts";
import type { CostRow, Exchange, ExpiryRuleRow, FreezeRow, LotRow, RegularHours, RulesData, SpecialSession, StrikeStepRow, TickRow, UncertainDates } from "./rules-data.ts";
import type { InstrumentKind, SymbolName, UncertainRule } from "./types.ts";

type Rule = UncertainRule["rule"];
/** None where the row is certain, or where there is no row. */
type Doubt = UncertainRule | undefined;

function doubt(rule: Rule, what: string, why: string | undefined): Doubt {
  return why === undefined ? undefined : { rule, text: `${what} not certain: ${why}` };
}

export function lotDoubt(symbol: SymbolName, kind: "weekly" | "monthly", row: LotRow | undefined): Doubt {
  return row && doubt("lot", `the lot of ${kind} ${symbol} contracts that expire from ${row.from} on (${row.lot ?? "none"}) is`, row.uncertain);
}

export function expiryDoubt(symbol: SymbolName, row: ExpiryRuleRow | undefined): Doubt {
  return row && doubt("expiry", `the weekday on which ${symbol} contracts expire from ${row.from} on (${[row.weekly && `weekly ${row.weekly}`, row.monthly && `monthly ${row.monthly}`].filter(Boolean).join(", ")}) is`, row.uncertain);
}

/** The steps of a row that are not certain: that near the money, then those of far-dated contracts. */
export function stepDoubts(symbol: SymbolName, row: StrikeStepRow): Doubt[] {
  const far = (row.far ?? []).map(({ months, step, uncertain }) => doubt("strike_step", `the strike step of ${symbol} contracts ${months} months ahead and more from ${row.from} on (${step}) is`, uncertain));
  return [doubt("strike_step", `the strike step of ${symbol} from ${row.from} on (${row.step}) is`, row.uncertain), ...far];
}

export function tickDoubt(exchange: Exchange, row: TickRow | undefined): Doubt {
  return row && doubt("tick", `the tick of ${exchange} options from ${row.from} on (${row.tick.toFixed(2)}) is`, row.uncertain);
}

export function freezeDoubt(symbol: SymbolName, row: FreezeRow | undefined): Doubt {
  return row && doubt("freeze", `the freeze quantity of ${symbol} from ${row.from} on (${row.quantity}) is`, row.uncertain);
}

export function costDoubt(exchange: Exchange, kind: InstrumentKind, row: CostRow | undefined): Doubt {
  return row && doubt(kind === "option" ? "costs" : "future_costs", `the costs of ${exchange} ${kind}s from ${row.from} on are`, row.uncertain);
}

export function hoursDoubt(row: RegularHours | undefined): Doubt {
  return row && doubt("session", `the trading hours from ${row.from} on (${row.open}-${row.close}) are`, row.uncertain);
}

export function sessionDoubt(session: SpecialSession): Doubt {
  return doubt("session", `the hours of ${session.date} (${session.name}) are`, session.uncertain);
}

export function holidayDoubt(dates: UncertainDates): Doubt {
  return doubt("holidays", `the holidays from ${dates.from} to ${dates.to} are`, dates.why);
}

/** An expiry that no calendar has: its lot is that of the contracts around it. */
export function unknownExpiry(symbol: SymbolName, expiry: DayNumber): UncertainRule {
  return { rule: "expiry", text: `the lot of ${symbol} contracts of ${isoDate(expiry)} is not certain: the rules know no expiry on that day` };
}

/** Everything in the data that is not certain, each sentence once. */
export function allDoubts(data: RulesData): UncertainRule[] {
  return found([
    ...data.symbols.flatMap(({ symbol, lots, expiryRules, strikeSteps, freeze }) => [
      ...lots.weekly.map((row) => lotDoubt(symbol, "weekly", row)),
      ...lots.monthly.map((row) => lotDoubt(symbol, "monthly", row)),
      ...expiryRules.map((row) => expiryDoubt(symbol, row)),
      ...strikeSteps.flatMap((row) => stepDoubts(symbol, row)),
      ...freeze.map((row) => freezeDoubt(symbol, row)),
    ]),
    ...exchanges(data.ticks).flatMap((exchange) => data.ticks[exchange].map((row) => tickDoubt(exchange, row))),
    ...exchanges(data.costs).flatMap((exchange) => (["option", "future"] as const).flatMap((kind) => data.costs[exchange][kind].map((row) => costDoubt(exchange, kind, row)))),
    ...data.calendar.regularHours.map(hoursDoubt),
    ...data.calendar.specialSessions.map(sessionDoubt),
    ...data.calendar.uncertain.map(holidayDoubt),
  ]);
}

/** Those of the rules that are not certain. */
export function found(doubts: readonly Doubt[]): UncertainRule[] {
  return doubts.filter((one) => one !== undefined);
}

function exchanges(tables: Readonly<Record<Exchange, unknown>>): Exchange[] {
  return Object.keys(tables) as Exchange[];
}
