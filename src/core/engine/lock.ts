/** `exit.lock`: once the peak P&L has reached a level, the position is closed at a floor that may rise with the peak. */
import type { CompiledStrategy } from "../strategy/compile.ts";
import type { Threshold } from "../strategy/types.ts";
import type { DayMarket } from "./day-market.ts";
import { NO_RULE } from "./threshold.ts";

/** Of the market's table: behind the states of the P&L and of a leg. */
const STATE = 32;

export class Lock {
  private looked: number;

  /** `filled` is the position's first fill, from which the peak counts; the P&L path has to hold it. */
  constructor(
    private readonly market: DayMarket,
    private readonly rule: NonNullable<CompiledStrategy["lock"]>,
    filled: number,
  ) {
    const { kernels, path, table } = market;
    kernels.i64[(table + STATE) >> 3] = kernels.i64[(path >> 3) + filled];
    this.looked = filled + 1;
  }

  /** First second before `to`, from where the last call ended, in which the P&L is at or below the floor. The path has to reach `to`. */
  next(to: number, paise: (threshold: Threshold) => bigint): number | undefined {
    const { kernels, path, table } = this.market;
    const from = this.looked;
    if (to <= from) return undefined;
    this.looked = to;
    const { reach, keep, every, by } = this.rule;
    const [reached, kept] = [paise(reach), paise(keep)];
    const [step, raise] = every && by ? [paise(every), paise(by)] : [0n, 0n];
    if ([reached, kept, step, raise].includes(NO_RULE)) return undefined;
    // A step that rounds to nothing is one paisa.
    const second = kernels.run.firstLocked(path, from, to, reached, kept, every && step === 0n ? 1n : step, raise, table + STATE);
    return second < 0 ? undefined : second;
  }
}
