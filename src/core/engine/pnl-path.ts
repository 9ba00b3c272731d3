/** P&L of one position by second, made only as far as it is looked at (semantics §4): marks of open legs, what closed ones realised. */
import type { DayMarket } from "./day-market.ts";
import type { Position } from "./position.ts";
import type { PositionSeries } from "./conditions.ts";
import { SeriesDay } from "../series/series-day.ts";
import { NO_RULE } from "./threshold.ts";
import type { ExitReason } from "../results/types.ts";

export interface Crossing {
  readonly second: number;
  readonly reason: ExitReason;
  /** Paise. */
  readonly pnl: number;
}

export interface PositionRules {
  readonly stop: bigint;
  readonly target: bigint;
  readonly trail: { readonly activate: bigint; readonly step: bigint } | null;
}

/** Codes of assembly/crossing.ts; 0 is none. */
const REASONS: readonly (ExitReason | undefined)[] = [undefined, "stop_loss", "target", "trail"];
const NO_TRAIL = { activate: NO_RULE, step: NO_RULE };

/** Uses the market's one path: a position is over before the next one begins. */
export class PnlPath {
  /** Seconds before this one are on the path. */
  private known: number;
  /** Seconds before this one have been looked at for crossings. */
  private looked: number;

  constructor(
    private readonly market: DayMarket,
    private readonly position: Position,
  ) {
    const { kernels, path, table } = market;
    this.known = position.filled;
    this.extend(position.filled + 1);
    // The peak counts from the entry's fill second, in which no rule is looked at yet.
    kernels.i64[table >> 3] = kernels.i64[(path >> 3) + position.filled];
    this.looked = position.filled + 1;
  }

  /** Makes the path up to second `to`. Trades that fill before `to` have to be known, and so have their exits. */
  extend(to: number): void {
    const { kernels, stride, path } = this.market;
    const { trades } = this.position;
    // Where a leg fills or its exit does, the sum changes: from its mark to what it realised.
    for (let from = this.known; from < to; from = this.known) {
      const end = trades.reduce((nearest, { filled, exit }) => (filled > from ? Math.min(nearest, filled) : exit && exit.second > from ? Math.min(nearest, exit.second) : nearest), to);
      let first = true;
      let realised = 0;
      for (const { contract, units, entry, filled, exit } of trades) {
        if (filled > from) continue;
        if (exit && exit.second <= from) {
          realised += units * (exit.price - entry.price);
          continue;
        }
        kernels.run.pnlPath(this.market.grid(contract).pointer, stride, units, entry.price, from, end, path, first);
        first = false;
      }
      if (first) kernels.i64.fill(0n, (path >> 3) + from, (path >> 3) + end);
      if (realised !== 0) kernels.run.addRealised(path, from, end, BigInt(realised));
      this.known = end;
    }
  }

  /** Forgets the seconds from `from` on: what is decided there may change them. */
  rewind(from: number): void {
    this.known = Math.min(this.known, from);
  }

  /** The first crossing before second `to`, from where the last call ended. */
  next(to: number, { stop, target, trail }: PositionRules): Crossing | undefined {
    const { kernels, path, table } = this.market;
    const from = this.looked;
    if (to <= from) return undefined;
    this.extend(to);
    this.looked = to;
    const { activate, step } = trail && trail.activate !== NO_RULE ? trail : NO_TRAIL;
    const second = kernels.run.firstCrossing(path, from, to, stop, target, activate, step, table);
    if (second < 0) return undefined;
    return { second, reason: REASONS[kernels.i32[(table + 8) >> 2]]!, pnl: this.at(second) };
  }

  /** Paise. */
  at(second: number): number {
    return Number(this.market.kernels.i64[(this.market.path >> 3) + second]);
  }

  /** The position's metrics from its first fill up to second `to`, rupees; missing in all other seconds. */
  series(day: SeriesDay, to: number): PositionSeries {
    this.extend(to);
    const made = { PNL: day.newSeries(), PEAK_PNL: day.newSeries(), DRAWDOWN: day.newSeries(), HOLD_SECS: day.newSeries() };
    const memory = day.kernels.f64;
    const [pnl, peak, drawdown, held] = Object.values(made).map(({ pointer }) => memory.subarray(pointer >> 3, (pointer >> 3) + day.slots).fill(NaN));
    let best = -Infinity;
    for (let s = this.position.filled; s < to; s++) {
      const paise = this.at(s);
      best = Math.max(best, paise);
      pnl[s] = paise / 100;
      peak[s] = best / 100;
      drawdown[s] = (best - paise) / 100;
      held[s] = s - this.position.filled;
    }
    return made;
  }
}
