/** Puts two runs beside each other: figures, what differs in their making, and their trades. */
import { compareTrades, type TradeComparison } from "../core/results/compare.ts";
import { differences, type Difference } from "../core/results/differences.ts";
import { tradeLabels } from "../core/results/labels.ts";
import { basisTree } from "../core/results/run-basis.ts";
import type { SavedRun } from "../core/results/saved-run.ts";
import { createTradeRowText, TRADE_FIELDS } from "../core/results/trade-text.ts";
import { EXIT, UsageError } from "./exit.ts";
import { readRun } from "./read-run.ts";
import { figureRows } from "./summary-words.ts";
import { tableWords } from "./table-words.ts";
import { count, print } from "./words.ts";

export interface CompareOptions {
  /** The variant of A, and of B where it is another. */
  readonly variant?: readonly string[];
  readonly json?: true;
}

/** A run with the variant of it that is compared. */
interface Compared {
  readonly run: SavedRun;
  readonly variant: number;
}

/** Trades of one kind beyond this many are counted instead of listed. */
const TRADES_LISTED = 20;

export async function compareCommand(folderA: string, folderB: string, { variant = [], json }: CompareOptions): Promise<number> {
  const runA = await readRun(folderA);
  const runB = await readRun(folderB);
  const a = comparedOf(runA, variant[0]);
  const b = comparedOf(runB, variant[1] ?? variant[0]);
  const unlike = differences(basisOf(a), basisOf(b));
  const trades = compareTrades(comparedTrades(a), comparedTrades(b));
  await print(json ? JSON.stringify(comparisonJson(a, b, unlike, trades), null, 2) : comparisonWords(a, b, unlike, trades));
  return EXIT.done;
}

function comparedOf(run: SavedRun, name: string | undefined): Compared {
  const names = run.strategy.variants.map((variant) => variant.name);
  const variant = name === undefined ? 0 : names.indexOf(name);
  if (variant < 0) throw new UsageError(`--variant ${name}: ${run.name} has no such variant. Allowed: ${names.length > 12 ? `${names[0]} to ${names.at(-1)}` : names.join(", ")}.`);
  return { run, variant };
}

function basisOf({ run: { ledger, strategy, trades }, variant }: Compared) {
  const { engine_version, rules_version, data, result_hash, days } = ledger;
  return basisTree({
    strategy: strategy.variants[variant].strategy, engineVersion: engine_version, rulesVersion: rules_version, folder: data.folder, dataFingerprint: data.fingerprint,
    reader: data.reader, days: days.run.length, trades: trades.length, resultHash: result_hash,
  });
}

function comparedTrades({ run: { trades, strategy }, variant }: Compared) {
  return { trades, labels: tradeLabels(strategy), variant };
}

function figuresOf({ run: { summary, strategy }, variant }: Compared) {
  const { name } = strategy.variants[variant];
  const found = summary.variants.find((one) => one.variant === name);
  if (!found) throw new UsageError(`${summary.run_id}: summary.json has no variant ${name}. The files of the folder are of different runs.`);
  return found;
}

function comparisonJson(a: Compared, b: Compared, unlike: readonly Difference[], trades: TradeComparison) {
  const about = (one: Compared) => {
    const { by: _, daily: _2, ...figures } = figuresOf(one);
    return { folder: one.run.name, run_id: one.run.ledger.run_id, strategy: one.run.strategy.name, result_hash: one.run.ledger.result_hash, figures };
  };
  const rows = (one: Compared, list: Uint32Array) => {
    const text = createTradeRowText(tradeLabels(one.run.strategy));
    return Array.from(list, (row) => Object.fromEntries(text(one.run.trades, row).map((cell, i) => [TRADE_FIELDS[i], cell])));
  };
  const changedB = rows(b, trades.changedB);
  return {
    a: about(a), b: about(b),
    differences: unlike.map(({ path, a: left, b: right }) => ({ path, a: left ?? null, b: right ?? null })),
    trades: { same: trades.same, only_a: rows(a, trades.onlyA), only_b: rows(b, trades.onlyB), changed: rows(a, trades.changedA).map((left, i) => ({ a: left, b: changedB[i] })) },
  };
}

function comparisonWords(a: Compared, b: Compared, unlike: readonly Difference[], trades: TradeComparison): string {
  const [left, right] = [figuresOf(a), figuresOf(b)];
  const head = ({ run, variant }: Compared, letter: string) => `${letter}  ${run.name}: ${run.strategy.name}, ${run.strategy.variants[variant].name}, ${count(run.ledger.days.run.length, "day")} run`;
  const lines = [head(a, "A"), head(b, "B"), "", ...tableWords([["", "A", "B"], ...figureRows([left, right])]), ""];
  if (unlike.length === 0) lines.push("Strategy, costs, rules, data and engine are the same.");
  for (const { path, a: of, b: other } of unlike) lines.push(`${path}: ${of ?? "—"} → ${other ?? "—"}`);
  lines.push("", `${count(trades.same, "trade is", "trades are")} the same to the paisa, ${trades.changedA.length} changed, ${trades.onlyA.length} only in A, ${trades.onlyB.length} only in B`);
  listed(lines, "changed", trades.changedA.length, (i) => [`A  ${tradeWords(a, trades.changedA[i])}`, `B  ${tradeWords(b, trades.changedB[i])}`]);
  listed(lines, "only in A", trades.onlyA.length, (i) => [`A  ${tradeWords(a, trades.onlyA[i])}`]);
  listed(lines, "only in B", trades.onlyB.length, (i) => [`B  ${tradeWords(b, trades.onlyB[i])}`]);
  return lines.join("\n");
}

function listed(lines: string[], what: string, length: number, words: (i: number) => readonly string[]): void {
  for (let i = 0; i < Math.min(length, TRADES_LISTED); i++) lines.push(...words(i));
  if (length > TRADES_LISTED) lines.push(`… and ${length - TRADES_LISTED} more ${what}; --json lists all`);
}

const SHOWN = ["ts_entry", "side", "qty", "symbol", "expiry", "strike", "cp", "entry_px", "ts_exit", "exit_px", "reason_exit", "pnl_after_costs"] as const;

function tradeWords({ run }: Compared, row: number): string {
  const cells = createTradeRowText(tradeLabels(run.strategy))(run.trades, row);
  const [entry, side, qty, symbol, expiry, strike, cp, entryPx, exit, exitPx, reason, net] = SHOWN.map((name) => cells[TRADE_FIELDS.indexOf(name)]);
  return `${entry} ${side} ${qty} ${symbol} ${expiry} ${[strike, cp].filter((word) => word !== "").join(" ")} at ${entryPx}, out ${exit.slice(-8)} at ${exitPx} (${reason}), ${net}`;
}
