/** The combined premium of a position by second, as its distance from what was filled: Σ |lots| × (mark − entry), futures left out. */
import { roundHalfUp } from "../money.ts";
import { LEG_KINDS } from "../results/types.ts";
import type { PremiumMove } from "../strategy/types.ts";
import type { DayMarket } from "./day-market.ts";
import type { LegTrade, Position } from "./position.ts";
import { NO_RULE } from "./threshold.ts";

const FUTURE = LEG_KINDS.indexOf("FUT");
/** Code of assembly/crossing.ts for a fall. */
const FALL = 1;

export class PremiumPath {
  private known: number;

  constructor(
    private readonly market: DayMarket,
    private readonly position: Position,
  ) {
    this.known = position.filled + 1;
  }

  /** First second before `to`, from where the last call ended, in which the premium has moved so far. */
  next(to: number, { rise, fall }: { readonly rise: PremiumMove | null; readonly fall: PremiumMove | null }): { readonly second: number; readonly reason: "premium_rise" | "premium_fall" } | undefined {
    const { kernels, premium: path, table } = this.market;
    const from = this.known;
    if (to <= from) return undefined;
    const latest = this.latest();
    this.extend(latest, to);
    const filled = latest.reduce((sum, { lots, entry }) => sum + Math.abs(lots) * entry.price, 0);
    const [most, least] = [rise, fall].map((move) => movePaise(move, filled));
    const second = kernels.run.crossingIn(path, from, to, least, most, NO_RULE, NO_RULE, table);
    if (second < 0) return undefined;
    return { second, reason: kernels.i32[(table + 8) >> 2] === FALL ? "premium_fall" : "premium_rise" };
  }

  /** Of every leg that has been filled the latest trade. */
  private latest(): LegTrade[] {
    const { trades, block } = this.position;
    return trades.filter(({ place }, i) => block.legs[place].cp !== FUTURE && !trades.some((other, j) => j > i && other.place === place));
  }

  private extend(latest: readonly LegTrade[], to: number): void {
    const { kernels, stride, premium: path } = this.market;
    for (let from = this.known; from < to; from = this.known) {
      const end = latest.reduce((nearest, { exit }) => (exit && exit.second > from ? Math.min(nearest, exit.second) : nearest), to);
      const closed = latest.filter(({ exit }) => exit !== undefined && exit.second <= from);
      const gone = closed.reduce((sum, { lots, entry, exit }) => sum + Math.abs(lots) * (exit!.price - entry.price), 0);
      kernels.f64.fill(gone, (path >> 3) + from, (path >> 3) + end);
      for (const trade of latest) {
        if (closed.includes(trade)) continue;
        kernels.run.premiumPath(this.market.grid(trade.contract).pointer, stride, Math.abs(trade.lots), trade.units > 0, trade.entry.price, from, end, path);
      }
      this.known = end;
    }
  }
}

/** Paise of Σ premium × |lots|; a percentage of nothing never triggers. */
function movePaise(move: PremiumMove | null, filled: number): number {
  if (move === null) return NO_RULE;
  if ("points" in move) return roundHalfUp(move.points * 100);
  return filled === 0 ? NO_RULE : roundHalfUp((filled * move.pct) / 100);
}
