/** Position stop-loss, target and trail over the P&L path of one position, looked at only as far as the caller has come. */
import type { ExitReason } from "../results/types.ts";
import type { DayMarket } from "./day-market.ts";
import type { GridView } from "./grid-view.ts";
import { NO_RULE } from "./threshold.ts";

export interface Crossing {
  readonly second: number;
  readonly reason: ExitReason;
  /** Paise. */
  readonly pnl: number;
}

export interface CrossingRules {
  readonly stop: bigint;
  readonly target: bigint;
  readonly trail: { readonly activate: bigint; readonly step: bigint } | null;
}

/** Codes of assembly/crossing.ts; 0 is none. */
const REASONS: readonly (ExitReason | undefined)[] = [undefined, "stop_loss", "target", "trail"];

/** Uses the market's one path: a position's crossings are over before the next one's begin. */
export class Crossings {
  private readonly path: number;
  private readonly state: number;
  private done: number;

  constructor(
    private readonly market: DayMarket,
    private readonly legs: readonly { readonly grid: GridView; readonly units: number; readonly entry: number }[],
    filled: number,
    private readonly rules: CrossingRules,
  ) {
    const { kernels } = market;
    this.path = market.path;
    this.state = market.table;
    // The peak counts from the entry's fill second, in which no rule is looked at yet.
    this.extend(filled, filled + 1);
    kernels.i64[this.state >> 3] = kernels.i64[(this.path >> 3) + filled];
    this.done = filled + 1;
  }

  /** The first crossing before second `to`, from where the last call ended. */
  next(to: number): Crossing | undefined {
    const { kernels } = this.market;
    const { stop, target, trail } = this.rules;
    const from = this.done;
    if (to <= from) return undefined;
    this.extend(from, to);
    this.done = to;
    const step = trail && trail.activate !== NO_RULE ? trail.step : NO_RULE;
    const second = kernels.run.firstCrossing(this.path, from, to, stop, target, trail?.activate ?? NO_RULE, step, this.state);
    if (second < 0) return undefined;
    return { second, reason: REASONS[kernels.i32[(this.state + 8) >> 2]]!, pnl: Number(kernels.i64[(this.path >> 3) + second]) };
  }

  private extend(from: number, to: number): void {
    const { kernels, stride } = this.market;
    this.legs.forEach(({ grid, units, entry }, i) => kernels.run.pnlPath(grid.pointer, stride, units, entry, from, to, this.path, i === 0));
  }
}
