/** What two runs did differently, trade by trade. */
import type { TradeLabels } from "./labels.ts";
import type { TradeColumnName } from "./trade-builder.ts";
import type { TradeColumns } from "./types.ts";

/** One variant's trades of one run. */
export interface ComparedTrades {
  readonly trades: TradeColumns;
  readonly labels: TradeLabels;
  readonly variant: number;
}

/** Rows of the two tables. */
export interface TradeComparison {
  readonly onlyA: Uint32Array;
  readonly onlyB: Uint32Array;
  /** The same trade with another fill, exit or cost: row i of A became row i of B. */
  readonly changedA: Uint32Array;
  readonly changedB: Uint32Array;
  /** Trades that are equal to the paisa. */
  readonly same: number;
}

/** What makes two trades the same one: the contract, its side, and the second of the decision that opened it. */
const IDENTITY = ["date", "expiry", "strike", "cp", "side", "decisionEntry"] as const satisfies readonly TradeColumnName[];
const OUTCOME = ["lots", "qty", "tsEntry", "entryPx", "decisionExit", "tsExit", "exitPx", "slippage", "fees", "pnl", "reasonEntry", "reasonExit", "flags"] as const satisfies readonly TradeColumnName[];

export function compareTrades(a: ComparedTrades, b: ComparedTrades): TradeComparison {
  const waiting = rowsByIdentity(b);
  const found = { onlyA: [] as number[], changedA: [] as number[], changedB: [] as number[] };
  let same = 0;
  for (const [row, key] of identities(a)) {
    const other = waiting.get(key)?.shift();
    if (other === undefined) found.onlyA.push(row);
    else if (OUTCOME.every((name) => a.trades[name][row] === b.trades[name][other])) same++;
    else {
      found.changedA.push(row);
      found.changedB.push(other);
    }
  }
  const onlyB = [...waiting.values()].flat().sort((x, y) => x - y);
  return { onlyA: Uint32Array.from(found.onlyA), onlyB: Uint32Array.from(onlyB), changedA: Uint32Array.from(found.changedA), changedB: Uint32Array.from(found.changedB), same };
}

function* identities({ trades, labels, variant }: ComparedTrades): Generator<readonly [row: number, key: string]> {
  for (let row = 0; row < trades.length; row++) {
    if (trades.variant[row] === variant) yield [row, `${labels.symbols[variant]} ${IDENTITY.map((name) => trades[name][row]).join(" ")}`];
  }
}

/** In order: several equal trades are matched one by one. */
function rowsByIdentity(table: ComparedTrades): Map<string, number[]> {
  const rows = new Map<string, number[]>();
  for (const [row, key] of identities(table)) {
    const known = rows.get(key);
    if (known) known.push(row);
    else rows.set(key, [row]);
  }
  return rows;
}
