/** docs/studies.md, "Facts of a day" and "Regimes": what is known of a date's spot at a second of it. */
import type { Fact } from "../../src/core/facts/day-facts.ts";
import type { Regime } from "../../src/core/facts/regimes.ts";
import { chainOf } from "./chain.ts";
import { seriesOfDay } from "./day-series.ts";
import { chooseExpiry } from "./expiry.ts";
import { datesOf, sessionTicks } from "./file-instruments.ts";
import { remembered } from "./memory.ts";
import type { Today } from "./previous-close.ts";
import { sessionOf } from "./rules.ts";
import type { Instrument } from "./series.ts";

const FIVE_MINUTES = 300;
const YEAR = 252;
const LEAST = 20;

/** A date before, over and done: rupees and percent. */
interface Whole {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly range: number;
  readonly rv: number;
  readonly range5: number | null;
}

export type SpotAt = Instrument["price"];

/** Values of spot from the open to a second, both included. */
function valuesTo(spot: SpotAt, open: number, second: number): number[] {
  return seconds(open, second).map(spot).filter((value) => value !== null);
}

function seconds(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, s) => from + s);
}

const spread = (values: readonly number[], of: number) => ((Math.max(...values) - Math.min(...values)) / of) * 100;

function openingRange(spot: SpotAt, open: number, close: number): number | null {
  const opening = valuesTo(spot, open, open + FIVE_MINUTES - 1);
  return close - open < FIVE_MINUTES || opening.length === 0 ? null : spread(opening, opening[0]);
}

/** Of a date before, where its spot came from the same source and has a value. */
function wholeDay(today: Today, date: string): Whole | null {
  const { instruments, universe, source, bug } = today;
  return remembered(instruments, `facts ${date} ${source} ${JSON.stringify(universe)} ${bug}`, () => {
    const session = sessionOf(date);
    if (session === "closed") return null;
    const listed = instruments.filter((i) => i.kind === "option" && sessionTicks(i, date, session, bug).length > 0);
    const choice = chooseExpiry({ ...universe, dte: null, expiry_missing: "use_next" }, date, listed.map((i) => i.expiry), bug);
    const expiry = "notRun" in choice ? "" : choice.expiry;
    const day = seriesOfDay(instruments, universe, date, session, chainOf(expiry, listed.filter((i) => i.expiry === expiry), date, session, bug), bug);
    if (day.source !== source) return null;
    const values = valuesTo((second) => day.spotItself.price(second), session.open, session.close - 1);
    if (values.length === 0) return null;
    const squares = values.slice(1).reduce((sum, value, i) => sum + Math.log(value / values[i]) ** 2, 0);
    return {
      open: values[0], close: values.at(-1)!, high: Math.max(...values), low: Math.min(...values), range: spread(values, values[0]),
      rv: 100 * Math.sqrt(squares), range5: openingRange((second) => day.spotItself.price(second), session.open, session.close),
    };
  });
}

/** The latest first. */
function daysBefore(today: Today): Whole[] {
  return remembered(today.instruments, `days before ${today.date} ${today.source} ${JSON.stringify(today.universe)} ${today.bug}`, () =>
    datesOf(today.instruments).filter((date) => date < today.date).reverse().flatMap((date) => wholeDay(today, date) ?? []));
}

const change = (now: number | null | undefined, before: number | undefined) => (now === null || now === undefined || before === undefined ? null : (now / before - 1) * 100);

/** Of today, as far as it is known at a second. */
export function factAt(today: Today, fact: Fact, spot: SpotAt, second: number): number | null {
  const session = sessionOf(today.date);
  if (session === "closed") return null;
  const [yesterday, before] = daysBefore(today);
  const firstSecond = remembered(today, "first second of spot", () => seconds(session.open, session.close - 1).find((u) => spot(u) !== null) ?? Infinity);
  const first = () => (firstSecond <= second ? spot(firstSecond) : null);
  switch (fact) {
    case "open":
      return first();
    case "gap":
      return change(first(), yesterday?.close);
    case "range5":
      return second < session.open + FIVE_MINUTES - 1 ? null : remembered(today, "opening range", () => openingRange(spot, session.open, session.close));
    case "prev_change":
      return change(yesterday?.close, before?.close);
    case "prev_open":
    case "prev_high":
    case "prev_low":
    case "prev_close":
    case "prev_range":
    case "prev_rv":
    case "prev_range5":
      return yesterday?.[fact.slice(5) as keyof Whole] ?? null;
    default:
      throw new Error(`${fact} is not known before the day is over.`);
  }
}

export function regimeAt(today: Today, regime: Regime, spot: SpotAt, second: number): number | null {
  const days = daysBefore(today);
  if (regime === "rv") return decile(days[0]?.rv ?? null, days.slice(1, YEAR + 1).map((day) => day.rv));
  const year = days.slice(0, YEAR);
  if (regime === "range5") return decile(factAt(today, "range5", spot, second), year.map((day) => day.range5));
  return decile(factAt(today, "gap", spot, second), year.map((day, i) => change(day.open, days[i + 1]?.close)));
}

function decile(value: number | null, among: readonly (number | null)[]): number | null {
  const known = among.filter((other) => other !== null);
  if (value === null || known.length < LEAST) return null;
  const share = (known.filter((other) => other < value).length + known.filter((other) => other === value).length / 2) / known.length;
  return Math.min(10, 1 + Math.floor(10 * share));
}
