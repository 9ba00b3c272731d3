import type { ExpiryDate, MarketRules, Session, SymbolName } from "../market/types.ts";
import type { DayNumber, Second } from "../time.ts";
import { Random } from "./random.ts";

/** One trading day of the made-up market. */
export interface SampleDay {
  readonly date: DayNumber;
  /** Place among the days, from 0. */
  readonly index: number;
  readonly session: Session;
  /** Close of the day before, rupees. */
  readonly previousClose: number;
  /** The day before, or the calendar day before the first. */
  readonly previousDate: DayNumber;
  readonly open: number;
  readonly close: number;
  /** At-the-money volatility at the open, per year. */
  readonly volatility: number;
  /** The expiries that trade, nearest first. */
  readonly expiries: readonly ExpiryDate[];
}

/** Spot in rupees and at-the-money volatility for every second from the open. */
export interface DayPath {
  readonly open: Second;
  readonly spot: Float64Array;
  readonly volatility: Float64Array;
}

const START_LEVEL: Readonly<Record<SymbolName, number>> = { BANKNIFTY: 50_640, NIFTY: 24_580 };
const LONGEST_WAIT_FOR_A_SESSION = 30;

/**
 * The trading days from `from` on, by the rules' calendar.
 * Throws a RangeError where the rules know no start level, session or expiry.
 */
export function sampleDays(rules: MarketRules, symbol: SymbolName, from: DayNumber, count: number, expiriesAlive: number, seed: number): SampleDay[] {
  const level = START_LEVEL[symbol];
  if (level === undefined) throw new RangeError(`There is no sample data for ${symbol}: choose one of ${Object.keys(START_LEVEL).join(", ")}`);
  const random = new Random(seed, symbol, "days");
  const expiries = rules.expiries(symbol);
  const days: SampleDay[] = [];
  let previousClose = level;
  let previousDate = from - 1;
  let volatility = 0.15;
  for (let date = from; days.length < count; date++) {
    const session = rules.session(date);
    if (session === undefined || date - previousDate > LONGEST_WAIT_FOR_A_SESSION) {
      throw new RangeError(`The market rules have only ${days.length} of ${count} sessions from the day asked for: start earlier or ask for fewer days`);
    }
    if (session === "closed") continue;
    const alive = expiries.filter((expiry) => expiry.date >= date).slice(0, expiriesAlive);
    if (alive.length < expiriesAlive) throw new RangeError(`The market rules know too few expiries of ${symbol}: start earlier or ask for fewer days`);
    const open = roundToTick(previousClose * (1 + 0.003 * random.normal()));
    const close = roundToTick(open * (1 + 0.008 * random.normal()));
    volatility = Math.max(0.1, Math.min(0.3, volatility + 0.15 * (0.15 - volatility) + 0.012 * random.normal()));
    days.push({ date, index: days.length, session, previousClose, previousDate, open, close, volatility, expiries: alive });
    previousClose = close;
    previousDate = date;
  }
  return days;
}

/** The day's path: a bridge from open to close, livelier near both ends, with jumps of 0.05–0.3 %. */
export function dayPath(day: SampleDay, symbol: SymbolName, seed: number): DayPath {
  const random = new Random(seed, symbol, "path", day.date);
  const length = day.session.close - day.session.open;
  const walk = new Float64Array(length);
  const perSecond = 0.009 / Math.sqrt(length);
  let sum = 0;
  for (let s = 1; s < length; s++) {
    const fromMiddle = Math.abs(s / length - 0.5) * 2;
    sum += perSecond * (0.75 + 0.7 * fromMiddle * fromMiddle) * random.normal();
    if (random.chance(6 / length)) sum += (random.chance(0.5) ? 1 : -1) * (0.0005 + 0.0025 * random.next());
    walk[s] = sum;
  }
  const target = Math.log(day.close / day.open);
  const spot = new Float64Array(length);
  const volatility = new Float64Array(length);
  let level = day.volatility;
  for (let s = 0; s < length; s++) {
    spot[s] = roundToTick(day.open * Math.exp(walk[s] + (s / (length - 1)) * (target - sum)));
    if (s % 60 === 0) level = Math.max(0.08, level + 0.002 * random.normal() + 0.02 * (day.volatility - level));
    volatility[s] = level;
  }
  return { open: day.session.open, spot, volatility };
}

export function roundToTick(rupees: number): number {
  return Math.round(rupees * 20) / 20;
}

/** Whether trading is interrupted in that second. */
export function inBreak(session: Session, second: Second): boolean {
  return session.breaks.some(([from, to]) => second >= from && second < to);
}
