import { TRADE_FLAGS, type TradeColumns } from "./types.ts";

/** What the summary needs of a position. One entry per position, in the order of the trades; amounts in paise after costs. */
export const POSITION_FIELDS = [
  "date", "dte", "window", "trades", "lots", "qty", "net", "fees", "slippage", "holding", "staleExits", "absoluteNet", "staleAbsoluteNet", "mae", "mfe",
] as const;

/**
 * `dte`: calendar days to the expiry of the first leg. `lots`, `qty`: of its largest leg, lots and units. `holding`: seconds from the entry's fill to the last exit fill.
 * `mae`, `mfe`: its lowest and highest P&L while it was held, before fees. `absoluteNet`: Σ |net| of its trades; `staleAbsoluteNet`: of those with a stale exit.
 */
export type Positions = Readonly<Record<(typeof POSITION_FIELDS)[number], Float64Array>>;

const STALE_EXIT = 1 << TRADE_FLAGS.indexOf("stale_exit");

/** The positions of rows [start, end): all of one variant, in the order of semantics §6. */
export function collectPositions(trades: TradeColumns, start: number, end: number): Positions {
  let count = 0;
  for (let row = start; row < end; row++) if (isFirstLeg(trades, row, start)) count++;
  const positions = Object.fromEntries(POSITION_FIELDS.map((name) => [name, new Float64Array(count)])) as Positions;
  let i = -1;
  let entered = 0;
  for (let row = start; row < end; row++) {
    if (isFirstLeg(trades, row, start)) {
      i++;
      entered = trades.tsEntry[row];
      positions.date[i] = trades.date[row];
      positions.dte[i] = trades.expiry[row] - trades.date[row];
      positions.window[i] = trades.windowId[row];
      positions.mae[i] = trades.mae[row];
      positions.mfe[i] = trades.mfe[row];
    }
    const net = trades.pnl[row] - trades.fees[row];
    const stale = (trades.flags[row] & STALE_EXIT) !== 0;
    positions.trades[i]++;
    positions.lots[i] = Math.max(positions.lots[i], trades.lots[row]);
    positions.qty[i] = Math.max(positions.qty[i], trades.qty[row]);
    positions.net[i] += net;
    positions.fees[i] += trades.fees[row];
    positions.slippage[i] += trades.slippage[row];
    positions.holding[i] = Math.max(positions.holding[i], trades.tsExit[row] - entered);
    positions.absoluteNet[i] += Math.abs(net);
    if (stale) {
      positions.staleExits[i]++;
      positions.staleAbsoluteNet[i] += Math.abs(net);
    }
  }
  return positions;
}

/** The positions at these places, in this order. */
export function selectPositions(positions: Positions, indexes: ArrayLike<number>): Positions {
  const column = (values: Float64Array): Float64Array => {
    const chosen = new Float64Array(indexes.length);
    for (let i = 0; i < chosen.length; i++) chosen[i] = values[indexes[i]];
    return chosen;
  };
  return Object.fromEntries(POSITION_FIELDS.map((name) => [name, column(positions[name])])) as Positions;
}

function isFirstLeg(trades: TradeColumns, row: number, start: number): boolean {
  return row === start || trades.positionId[row] !== trades.positionId[row - 1];
}
