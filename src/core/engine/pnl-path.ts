/** P&L of one position by second, made only as far as it is looked at (semantics §4): marks of open legs, what closed ones realised. */
import type { DayMarket } from "./day-market.ts";
import { lastFill, type Position } from "./position.ts";
import type { PositionSeries } from "./conditions.ts";
import type { Extremes, PathRules, SharedPath } from "./path-store.ts";
import { SeriesDay } from "../series/series-day.ts";
import type { Paise } from "../money.ts";
import type { ExitReason } from "../results/types.ts";

export interface Crossing {
  readonly second: number;
  readonly reason: ExitReason;
  /** Paise. */
  readonly pnl: number;
}

export type PositionRules = PathRules;

/**
 * As long as all legs are open the path is that of every variant that holds the same (path-store.ts); from the second in
 * which the first exit fills it is the position's own. A position is over before the next one begins.
 */
export class PnlPath {
  private readonly shared: SharedPath;
  /** Seconds before this one have been looked at for crossings. */
  private looked: number;
  private peak: Paise = -Infinity;
  /** Seconds before this one are on the own path, from the first exit's on. */
  private known = -1;

  constructor(
    private readonly market: DayMarket,
    private readonly position: Position,
  ) {
    this.shared = market.paths.of(position.filled, position.legs);
    this.looked = position.filled;
  }

  /** The second in which the first exit fills: from here on the legs are not those of the fill. */
  private firstChange(): number {
    let first = Infinity;
    for (const { exit } of this.position.legs) if (exit && exit.second < first) first = exit.second;
    return first;
  }

  /** Makes the own path up to second `to`. Legs whose exits fill before `to` have to be known. */
  private extend(firstChange: number, to: number): void {
    const { legs } = this.position;
    if (this.known < 0) this.known = firstChange;
    // Where a leg's exit fills, the sum changes from its mark to what it realised.
    for (let from = this.known; from < to; from = this.known) {
      let end = to;
      let realised = 0;
      for (const { units, entry, exit } of legs) {
        if (!exit) continue;
        if (exit.second > from) end = Math.min(end, exit.second);
        else realised += units * (exit.price - entry.price);
      }
      this.market.paths.own.write(legs.filter(({ exit }) => !exit || exit.second > from), realised, from, end);
      this.known = end;
    }
  }

  /** The first crossing before second `to`, from where the last call ended. */
  next(to: number, rules: PositionRules): Crossing | undefined {
    if (this.looked === this.position.filled) {
      // The peak counts from the entry's fill second, in which no rule is looked at yet.
      this.peak = this.shared.at(this.looked++);
    }
    const from = this.looked;
    if (to <= from) return undefined;
    const firstChange = this.firstChange();
    this.looked = to;
    if (from < firstChange) {
      const found = this.shared.crossing(from, Math.min(to, firstChange), rules, this.peak);
      this.peak = found.peak;
      if (found.second >= 0) return { second: found.second, reason: found.reason, pnl: this.shared.at(found.second) };
    }
    if (to <= firstChange) return undefined;
    this.extend(firstChange, to);
    const { own } = this.market.paths;
    const found = own.crossing(Math.max(from, firstChange), to, rules, this.peak);
    this.peak = found.peak;
    return found.second < 0 ? undefined : { second: found.second, reason: found.reason, pnl: own.at(found.second) };
  }

  /** Over the seconds from the fill to the last exit fill, both included: every leg has its exit. */
  extremes(): Extremes {
    const firstChange = this.firstChange();
    const to = lastFill(this.position) + 1;
    const { own } = this.market.paths;
    // An exit may fill in the second of the entry's fill, when nothing is decided before a session ends.
    const open = firstChange > this.position.filled ? this.shared.extremes(firstChange) : undefined;
    // What was made of the own path while a leg was still open ends where its exit fills.
    this.known = firstChange;
    this.extend(firstChange, to);
    const { lowest, highest } = own.extremes(firstChange, to);
    return { lowest: Math.min(open?.lowest ?? lowest, lowest), highest: Math.max(open?.highest ?? highest, highest) };
  }

  /** The position's metrics from its fill up to second `to`, rupees; missing in all other seconds. */
  series(day: SeriesDay, to: number): PositionSeries {
    const firstChange = this.firstChange();
    this.shared.extend(Math.min(to, firstChange));
    if (to > firstChange) this.extend(firstChange, to);
    const made = { PNL: day.newSeries(), PEAK_PNL: day.newSeries(), DRAWDOWN: day.newSeries(), HOLD_SECS: day.newSeries() };
    const memory = day.kernels.f64;
    const [pnl, peak, drawdown, held] = Object.values(made).map(({ pointer }) => memory.subarray(pointer >> 3, (pointer >> 3) + day.slots).fill(NaN));
    let best = -Infinity;
    for (let s = this.position.filled; s < to; s++) {
      const paise = s < firstChange ? this.shared.at(s) : this.market.paths.own.at(s);
      best = Math.max(best, paise);
      pnl[s] = paise / 100;
      peak[s] = best / 100;
      drawdown[s] = (best - paise) / 100;
      held[s] = s - this.position.filled;
    }
    return made;
  }
}
