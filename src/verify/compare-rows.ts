/** The rows of a run beside those of the reference, for one date. */
import type { TextTable } from "../core/results/recorded-run.ts";
import type { RowDifference } from "../core/results/verification.ts";
import { inGroups } from "../data/catalogue/groups.ts";

type Row = readonly string[];

/** Rows of a variant on a date, position ids counted from 1: over the run they depend on every day before. */
export function ownTrades({ columns, rows }: TextTable, variant: string): Row[] {
  const [of, id] = [columns.indexOf("variant"), columns.indexOf("position_id")];
  const own = rows.filter((row) => row[of] === variant);
  const first = own.reduce((least, row) => Math.min(least, Number(row[id])), Infinity);
  return own.map((row) => row.with(id, String(Number(row[id]) - first + 1)));
}

/** Pairs by the position and leg, the n-th trade of a leg with the n-th; what is equal gives nothing. */
export function tradeDifferences(variant: string, columns: readonly string[], run: readonly Row[], reference: readonly Row[]): RowDifference[] {
  const [id, leg] = [columns.indexOf("position_id"), columns.indexOf("leg_id")];
  const about = (row: Row): string => `position ${row[id]} of the day, leg ${row[leg]}`;
  return paired("trades", variant, columns, about, run, reference);
}

export function skipDifferences(variant: string, columns: readonly string[], run: readonly Row[], reference: readonly Row[]): RowDifference[] {
  const [first, reason, window] = [columns.indexOf("first"), columns.indexOf("reason"), columns.indexOf("window_id")];
  const about = (row: Row): string => `${row[first].slice(11)}, window ${row[window]}, ${row[reason]}`;
  return paired("skips", variant, columns, about, run, reference);
}

function paired(table: RowDifference["table"], variant: string, columns: readonly string[], about: (row: Row) => string, run: readonly Row[], reference: readonly Row[]): RowDifference[] {
  const [ofRun, ofReference] = [inGroups(run, about), inGroups(reference, about)];
  return [...new Set([...ofRun.keys(), ...ofReference.keys()])].flatMap((key) => {
    const [a, b] = [ofRun.get(key) ?? [], ofReference.get(key) ?? []];
    return Array.from({ length: Math.max(a.length, b.length) }, (_, i) => {
      const cells = columns.flatMap((column, at) => (a[i]?.[at] === b[i]?.[at] ? [] : [{ column, run: a[i]?.[at] ?? null, reference: b[i]?.[at] ?? null }]));
      return { table, variant, about: key, cells };
    }).filter(({ cells }) => cells.length > 0);
  });
}
