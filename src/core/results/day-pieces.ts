/** A day's outcome taken apart by variant and put together again, so that each variant's day can be kept by itself. */
import type { ParsedStrategy } from "../strategy/types.ts";
import { partsOf } from "../strategy/parts.ts";
import type { DayNumber } from "../time.ts";
import { allocateTrades, TRADE_COLUMN_NAMES, type TradeColumnName } from "./trade-builder.ts";
import type { DayOutcome, PartDay, SampledTrade, Skip, TradeColumns } from "./types.ts";

/** What one variant did on one date; JSON can say it. `variant` is 0 in all of it. */
export interface DayPiece {
  readonly day: PieceDay;
  readonly trades: Readonly<Partial<Record<TradeColumnName, readonly number[]>>>;
  readonly skips: readonly Skip[];
  /** Absent where the day's inputs were not recorded. */
  readonly sample?: readonly SampledTrade[];
}

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type PieceDay = Without<PartDay, "part">;

/** By variant; one that did not want the date is left out. `recorded`: the outcome holds the inputs of all trades. */
export function piecesOf(strategy: ParsedStrategy, { parts, trades, skips, sample }: DayOutcome, recorded: boolean): Map<number, DayPiece> {
  const pieces = new Map<number, DayPiece>();
  const all = partsOf(strategy);
  for (const { part, ...day } of parts) {
    for (const variant of all[part].variants) {
      const own = <T extends { readonly variant: number }>(list: readonly T[]) => list.filter((one) => one.variant === variant).map((one) => ({ ...one, variant: 0 }));
      pieces.set(variant, { day, trades: tradesOf(trades, variant), skips: own(skips), ...(recorded && { sample: own(sample) }) });
    }
  }
  return pieces;
}

/** The outcome of variants whose pieces are all there. */
export function outcomeOf(strategy: ParsedStrategy, date: DayNumber, pieces: ReadonlyMap<number, DayPiece>, recordSample: boolean): Pick<DayOutcome, "date" | "parts" | "trades" | "skips" | "sample"> {
  const variants = [...pieces.keys()].sort((a, b) => a - b);
  const of = <T extends object>(list: (piece: DayPiece) => readonly T[]) => variants.flatMap((variant) => list(pieces.get(variant)!).map((one) => ({ ...one, variant })));
  return {
    date,
    parts: partsOf(strategy).flatMap((part, index): PartDay[] => {
      const piece = pieces.get(part.variants[0]);
      return piece ? [{ part: index, ...piece.day }] : [];
    }),
    trades: joined(variants.map((variant) => ({ variant, columns: pieces.get(variant)!.trades }))),
    skips: of(({ skips }) => skips),
    sample: recordSample ? of(({ sample = [] }) => sample) : [],
  };
}

function tradesOf(trades: TradeColumns, variant: number): DayPiece["trades"] {
  const rows: number[] = [];
  for (let row = 0; row < trades.length; row++) if (trades.variant[row] === variant) rows.push(row);
  if (rows.length === 0) return {};
  return Object.fromEntries(TRADE_COLUMN_NAMES.filter((name) => name !== "variant").map((name) => [name, rows.map((row) => trades[name][row])]));
}

function joined(parts: readonly { readonly variant: number; readonly columns: DayPiece["trades"] }[]): TradeColumns {
  const rowsOf = ({ columns }: (typeof parts)[number]) => columns.date?.length ?? 0;
  const trades = allocateTrades(parts.reduce((sum, part) => sum + rowsOf(part), 0));
  let at = 0;
  for (const part of parts) {
    for (const name of TRADE_COLUMN_NAMES) trades[name].set(part.columns[name] ?? [], at);
    trades.variant.fill(part.variant, at, at + rowsOf(part));
    at += rowsOf(part);
  }
  return trades;
}
