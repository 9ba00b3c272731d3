/** One day of one variant as it happened: decisions, fills and skips in the order of the seconds, made of what the sample kept. */
import type { Paise } from "../money.ts";
import type { Second } from "../time.ts";
import { ENTRY_REASONS, EXIT_REASONS, LEG_KINDS, SIDES, TRADE_FLAGS, type DayOutcome, type EntryReason, type ExitReason, type MomentInputs, type SampledArming, type SampledSkip, type Skip, type TradeColumns } from "./types.ts";

export interface StoryLeg {
  readonly legId: number;
  /** Of the order: the opposite of the trade's where it closes. */
  readonly side: (typeof SIDES)[number];
  readonly lots: number;
  readonly quantity: number;
  /** `50000 CE`, `FUT` */
  readonly name: string;
}

/** A leg that is to close. */
export interface StoryClosing extends StoryLeg {
  /** What it was filled at. */
  readonly entered: Paise;
}

export interface StoryFill extends StoryLeg {
  readonly price: Paise;
  readonly beforeSlippage: Paise;
  /** Of an exit: the leg's P&L before fees, and the fees of both its fills. */
  readonly pnl?: Paise;
  readonly fees?: Paise;
}

interface OfPosition {
  readonly second: Second;
  readonly positionId: number;
  readonly inputs: MomentInputs;
}

export type StoryEvent =
  | (OfPosition & { readonly kind: "entry"; readonly reason: EntryReason; readonly legs: readonly StoryLeg[] })
  /** Legs wait from then on; position 0 was never filled. */
  | (OfPosition & { readonly kind: "armed" })
  | (OfPosition & { readonly kind: "entry_fill"; readonly legs: readonly StoryFill[] })
  | (OfPosition & { readonly kind: "exit"; readonly reason: ExitReason; readonly legs: readonly StoryClosing[] })
  | (OfPosition & { readonly kind: "exit_fill"; readonly legs: readonly StoryFill[]; readonly stale: boolean })
  /** Without inputs where the market was not looked at: the session does not hold the window. */
  | { readonly kind: "skip"; readonly second: Second; readonly skip: Skip; readonly inputs: MomentInputs | null };

/** Within a second fills come before decisions, exits before entries (semantics §4). */
const ORDER: readonly StoryEvent["kind"][] = ["exit_fill", "entry_fill", "exit", "entry", "armed", "skip"];

const STALE_EXIT = 1 << TRADE_FLAGS.indexOf("stale_exit");

/** The day of a replay (`DayReplay`): one variant, every trade sampled. `skips` and `armings` are those of the recording. */
export function dayStory({ trades, sample }: DayOutcome, { skips, armings }: { readonly skips: readonly SampledSkip[]; readonly armings: readonly SampledArming[] }): StoryEvent[] {
  const events = new Map<string, StoryEvent>();
  /** Legs that share a decision, or a fill, are one event. */
  const join = (event: Exclude<StoryEvent, { kind: "skip" | "armed" }>, apart: string): void => {
    const key = `${event.kind} ${event.positionId} ${event.second} ${apart}`;
    const known = events.get(key);
    events.set(key, known ? ({ ...known, legs: [...(known as typeof event).legs, ...event.legs].sort((a, b) => a.legId - b.legId) } as StoryEvent) : event);
  };
  const rows = new Map(Array.from({ length: trades.length }, (_, row) => [placeOf(trades, row), row]));
  for (const trade of sample) {
    const row = rows.get(`${trade.positionId} ${trade.legId} ${trade.entryFill.second}`);
    if (row === undefined) throw new Error(`The sample holds position ${trade.positionId} leg ${trade.legId}, which is not among the trades of the day.`);
    const { positionId, entryDecision, entryFill, exitDecision, exitFill } = trade;
    const [entry, exit] = [legOf(trades, row, false), legOf(trades, row, true)];
    const reason = EXIT_REASONS[trades.reasonExit[row]];
    const stale = (trades.flags[row] & STALE_EXIT) !== 0;
    join({ kind: "entry", second: entryDecision.second, positionId, inputs: entryDecision, reason: ENTRY_REASONS[trades.reasonEntry[row]], legs: [entry] }, "");
    join({ kind: "entry_fill", second: entryFill.second, positionId, inputs: entryFill, legs: [{ ...entry, price: trades.entryPx[row], beforeSlippage: entryFill.beforeSlippage }] }, "");
    join({ kind: "exit", second: exitDecision.second, positionId, inputs: exitDecision, reason, legs: [{ ...exit, entered: trades.entryPx[row] }] }, reason);
    join({
      kind: "exit_fill", second: exitFill.second, positionId, inputs: exitFill, stale,
      legs: [{ ...exit, price: trades.exitPx[row], beforeSlippage: exitFill.beforeSlippage, pnl: trades.pnl[row], fees: trades.fees[row] }],
    }, String(stale));
  }
  const armed = armings.map(({ positionId, inputs }): StoryEvent => ({ kind: "armed", second: inputs.second, positionId, inputs }));
  const all: StoryEvent[] = [...events.values(), ...armed, ...skips.map(({ skip, inputs }): StoryEvent => ({ kind: "skip", second: skip.first, skip, inputs }))];
  return all.sort((a, b) => a.second - b.second || rank(a, all) - rank(b, all));
}

function placeOf(trades: TradeColumns, row: number): string {
  return `${trades.positionId[row]} ${trades.legId[row]} ${trades.tsEntry[row]}`;
}

/** A fill in the second of its own decision comes after it. */
function rank(event: StoryEvent, all: readonly StoryEvent[]): number {
  const decided = event.kind === "exit_fill" ? "exit" : event.kind === "entry_fill" ? "entry" : undefined;
  const same = all.some((other) => other.kind === decided && other.second === event.second && "positionId" in event && other.positionId === event.positionId);
  return ORDER.indexOf(event.kind) + (same ? ORDER.length : 0);
}

function legOf(trades: TradeColumns, row: number, closes: boolean): StoryLeg {
  const side = SIDES[trades.side[row]];
  return {
    legId: trades.legId[row],
    side: closes ? (side === "BUY" ? "SELL" : "BUY") : side,
    lots: trades.lots[row],
    quantity: trades.qty[row],
    name: Number.isNaN(trades.strike[row]) ? LEG_KINDS[trades.cp[row]] : `${trades.strike[row]} ${LEG_KINDS[trades.cp[row]]}`,
  };
}
