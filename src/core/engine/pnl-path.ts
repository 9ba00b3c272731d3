/** P&L of one position by second, made only as far as it is looked at (semantics §4): marks of open legs, what closed ones realised. */
import type { DayMarket } from "./day-market.ts";
import { counts, lastFill, leaves, realised, type LegTrade, type Position } from "./position.ts";
import type { PositionSeries } from "./conditions.ts";
import type { Extremes, LockRules, OwnPath, PathCrossing, PathRules, RuleSets, SharedPath } from "./path-store.ts";
import { SeriesDay } from "../series/series-day.ts";
import type { Paise } from "../money.ts";
import { NO_RULE } from "./threshold.ts";

const NO_RULES: PathRules = { stop: NO_RULE, target: NO_RULE, trail: null };
const NOTHING: Extremes = { lowest: Infinity, highest: -Infinity };

/** How far a search for crossings has come. */
interface Search {
  /** Seconds before this one have been looked at. */
  looked: number;
  peak: Paise;
}

/**
 * As long as the legs of the first fill are all that is open the path is that of every variant that holds the same
 * (path-store.ts); from the second in which another leg fills or an exit does it is the position's own. A position is
 * over before the next one begins.
 */
export class PnlPath {
  private readonly shared: SharedPath;
  private readonly crossings: Search;
  private readonly locks: Search;
  /** Seconds before this one are on the own path, from the first change on. */
  private known = -1;
  /** Every trade has its exit, and no decision looks at the path any more. */
  private over = false;

  constructor(
    private readonly market: DayMarket,
    private readonly position: Position,
  ) {
    const { filled, trades } = position;
    this.shared = market.paths.of(filled, trades.filter((trade) => trade.filled === filled));
    this.crossings = { looked: filled, peak: -Infinity };
    this.locks = { looked: filled, peak: -Infinity };
  }

  /** From here on the trades are not those of the first fill. */
  private firstChange(): number {
    let first = Infinity;
    for (const trade of this.position.trades) first = Math.min(first, this.counts(trade) > this.position.filled ? this.counts(trade) : Infinity, this.leaves(trade));
    return first;
  }

  /** The second from which a trade counts: of its fill itself, once no decision looks any more. */
  private counts(trade: LegTrade): number {
    return this.over ? trade.filled : counts(this.position, trade);
  }

  /** The second from which a trade's realised P&L stands in place of its mark, likewise. */
  private leaves(trade: LegTrade): number {
    return this.over && trade.exit ? trade.exit.second : leaves(trade);
  }

  /** From second `from` on as long as the same trades are open, at most to `to`: where a leg fills or its exit does the sum changes, from its mark to what it realised. */
  private stretch(from: number, to: number): { readonly end: number; readonly open: readonly LegTrade[]; readonly realised: Paise } {
    let end = to;
    let realised = 0;
    const open: LegTrade[] = [];
    for (const trade of this.position.trades) {
      const first = this.counts(trade);
      const last = this.leaves(trade);
      if (first > from) end = Math.min(end, first);
      else if (last <= from) realised += trade.units * (trade.exit!.price - trade.entry.price);
      else {
        end = Math.min(end, last);
        open.push(trade);
      }
    }
    return { end, open, realised };
  }

  /** Makes the own path up to second `to`. Trades that fill before `to` have to be known, and so have their exits. */
  private extend(firstChange: number, to: number): void {
    if (this.known < 0) this.known = firstChange;
    while (this.known < to) {
      const { end, open, realised } = this.stretch(this.known, to);
      this.market.paths.own.write(open, realised, this.known, end);
      this.known = end;
    }
  }

  /** Forgets the seconds from `from` on: what is decided before them may change them. */
  rewind(from: number): void {
    this.known = Math.min(this.known, from);
  }

  /** The first crossing before second `to`, from where the last call ended. */
  next(to: number, rules: PathRules): PathCrossing | undefined {
    return this.search(this.crossings, to, (path, from, end, peak) => path.crossing(from, end, rules, peak));
  }

  /** The same of several sets of rules at once, whose answers are NO_ANSWER before. */
  nextOfEach(to: number, sets: RuleSets): void {
    this.search(this.crossings, to, (path, from, end, peak) => path.crossings(from, end, sets, peak));
  }

  /** Goes on to second `to` without a rule being looked at. */
  pass(to: number): void {
    this.search(this.crossings, to, (path, from, end, peak) => path.crossing(from, end, NO_RULES, peak));
  }

  /** The same of the lock. */
  nextLocked(to: number, rules: LockRules): { readonly second: number } | undefined {
    return this.search(this.locks, to, (path, from, end, peak) => path.locked(from, end, rules, peak));
  }

  private search<T extends { readonly second: number; readonly peak: Paise }>(search: Search, to: number, find: (path: SharedPath | OwnPath, from: number, to: number, peak: Paise) => T): T | undefined {
    if (search.looked === this.position.filled) {
      // The peak counts from the first fill's second, in which no rule is looked at yet.
      search.peak = this.shared.at(search.looked++);
    }
    const from = search.looked;
    if (to <= from) return undefined;
    const firstChange = this.firstChange();
    search.looked = to;
    if (from < firstChange) {
      const found = find(this.shared, from, Math.min(to, firstChange), search.peak);
      search.peak = found.peak;
      if (found.second >= 0) return found;
    }
    if (to <= firstChange) return undefined;
    this.extend(firstChange, to);
    const found = find(this.market.paths.own, Math.max(from, firstChange), to, search.peak);
    search.peak = found.peak;
    return found.second < 0 ? undefined : found;
  }

  /** Exits have been taken back, as other variants go on with the position. */
  reopened(): void {
    this.over = false;
    this.known = -1;
  }

  /** Over the seconds from the first fill to before each of `count` seconds (i32 each), in all of which the legs of the first fill are open: lowest and highest (f64 each) to `out`. */
  extremesBefore(seconds: number, count: number, out: number): void {
    this.shared.extremesBefore(seconds, count, out);
  }

  /** Over the seconds from the first fill to the last exit fill, both included: every trade has its exit. */
  extremes(): Extremes {
    this.over = true;
    const firstChange = this.firstChange();
    const to = lastFill(this.position) + 1;
    const { own } = this.market.paths;
    // An exit may fill in the second of the entry's fill, when nothing is decided before a session ends.
    let { lowest, highest } = firstChange > this.position.filled ? this.shared.extremes(Math.min(firstChange, to)) : NOTHING;
    // In the second of the last fill all is realised.
    const whole = realised(this.position);
    lowest = Math.min(lowest, whole);
    highest = Math.max(highest, whole);
    for (let from = firstChange; from < to - 1; ) {
      const { end, open, realised } = this.stretch(from, to - 1);
      // What was made of the own path while a trade was still open ends where its exit fills.
      if (open.length > 0) own.write(open, realised, from, end);
      const part = open.length > 0 ? own.extremes(from, end) : { lowest: realised, highest: realised };
      lowest = Math.min(lowest, part.lowest);
      highest = Math.max(highest, part.highest);
      from = end;
    }
    return { lowest, highest };
  }

  /** Paise, in a second that has been looked at. */
  at(second: number): Paise {
    return second < this.firstChange() ? this.shared.at(second) : this.market.paths.own.at(second);
  }

  /** The position's metrics from its first fill up to second `to`, rupees; missing in all other seconds. */
  series(day: SeriesDay, to: number): PositionSeries {
    const firstChange = this.firstChange();
    if (to > firstChange) this.extend(firstChange, to);
    const made = { PNL: day.newSeries(), PEAK_PNL: day.newSeries(), DRAWDOWN: day.newSeries(), HOLD_SECS: day.newSeries() };
    const memory = day.kernels.f64;
    const shared = this.shared.upTo(Math.min(to, firstChange));
    const [pnl, peak, drawdown, held] = Object.values(made).map(({ pointer }) => memory.subarray(pointer >> 3, (pointer >> 3) + day.slots).fill(NaN));
    let best = -Infinity;
    for (let s = this.position.filled; s < to; s++) {
      const paise = s < firstChange ? shared[s] : this.market.paths.own.at(s);
      best = Math.max(best, paise);
      pnl[s] = paise / 100;
      peak[s] = best / 100;
      drawdown[s] = (best - paise) / 100;
      held[s] = s - this.position.filled;
    }
    return made;
  }
}
