/** Partial runs by date of one strategy as one run: what the whole run would have given. */
import { addQuality, noQuality } from "../grid/slice.ts";
import type { ParsedStrategy, StrategyVariant } from "../strategy/types.ts";
import { dayNumber, type DayNumber, type IsoDate } from "../time.ts";
import { csvCells } from "./csv-cell.ts";
import { differences, type Difference } from "./differences.ts";
import type { SavedRun } from "./saved-run.ts";
import { POSITION_COLUMNS } from "./positions-csv.ts";
import type { RunDoubt } from "./run-doubts.ts";
import { concatTrades, sliceTrades } from "./trade-builder.ts";
import { joinDays, variantRanges } from "./trade-order.ts";
import type { FileFingerprint, TradeColumns } from "./types.ts";

/** A partial run with those of its files that are merged line by line. */
export interface PartialRun extends SavedRun {
  /** Text of positions.csv, which alone tells the worst and the best moment of a position. */
  readonly positions: string;
}

export interface MergedRuns {
  /** That of the parts, over all their dates. */
  readonly strategy: ParsedStrategy;
  /** In the order of semantics §6, with run-wide position ids. */
  readonly trades: TradeColumns;
  /** Dates run for a variant, ascending. */
  daysRun(variant: number): readonly DayNumber[];
  /** The place of a position of one part among those of the whole. */
  positionId(part: number, variant: number, positionId: number): number;
  readonly uncertainRules: readonly RunDoubt[];
  readonly files: readonly FileFingerprint[];
  readonly quality: ReturnType<typeof noQuality>;
}

/** Why runs cannot be one, in words. */
export class MergeRefused extends Error {
  override readonly name = "MergeRefused";
}

/** Throws MergeRefused: the same date twice, another strategy, other rules, engine, data or thresholds. */
export function mergeRuns(parts: readonly PartialRun[]): MergedRuns {
  if (parts.length < 2) throw new MergeRefused("There is nothing to merge: give two runs or more.");
  const [first, ...others] = parts;
  for (const other of others) refuseUnlike(first, other);
  refuseSameDates(parts);
  const files = mergedFiles(parts);
  const strategy = withDates(first.strategy, spanOf(parts));
  const variants = strategy.variants.length;
  const { trades, positionId } = mergedTrades(parts, variants);
  const quality = noQuality();
  for (const { ledger } of parts) addQuality(quality, ledger.quality);
  return {
    strategy, trades, positionId, files, quality,
    daysRun: (variant) => {
      const { name } = strategy.variants[variant];
      return parts.flatMap(({ summary }) => summary.variants.find((one) => one.variant === name)?.daily.map(({ date }) => dayNumber(date)) ?? []).sort((a, b) => a - b);
    },
    uncertainRules: mergedDoubts(parts),
  };
}

function refuseUnlike(a: PartialRun, b: PartialRun): void {
  const basis = ({ strategy, ledger: { rules_version, engine_version, data, quarantine } }: PartialRun) => ({
    strategy: withDates(strategy, { from: null, to: null }).variants,
    "market rules": rules_version, "engine version": engine_version, "data folder": data.folder, "clock zones": data.clock_zones.map(({ layout, zone, bars }) => ({ layout, zone, bars })), "health thresholds": quarantine?.thresholds ?? null,
  });
  const unlike = differences(basis(a), basis(b));
  if (unlike.length > 0) throw new MergeRefused(`${a.name} and ${b.name} are no parts of one run:\n${unlike.map(differenceText).join("\n")}`);
}

function differenceText({ path, a, b }: Difference): string {
  return `  ${path}: ${a ?? "none"} and ${b ?? "none"}`;
}

function refuseSameDates(parts: readonly PartialRun[]): void {
  const owner = new Map<IsoDate, string>();
  const twice: string[] = [];
  let names: readonly string[] = [];
  for (const { name, ledger: { days } } of parts) {
    for (const date of new Set([...days.run, ...[...days.skipped, ...days.quarantined].map(({ date }) => date)])) {
      const known = owner.get(date);
      if (known !== undefined) {
        twice.push(date);
        names = [known, name];
      }
      owner.set(date, name);
    }
  }
  if (twice.length > 0) throw new MergeRefused(`${names.join(" and ")} both hold ${twice.sort()[0]}${twice.length > 1 ? ` and ${twice.length - 1} more of the same dates` : ""}. A date belongs to one of the parts: run them with --from and --to that do not overlap.`);
}

/** A file that two parts have read must have been the same file. */
function mergedFiles(parts: readonly PartialRun[]): FileFingerprint[] {
  const known = new Map<string, { readonly file: FileFingerprint; readonly name: string }>();
  for (const { name, ledger } of parts) {
    for (const file of ledger.data.files) {
      const before = known.get(file.path);
      if (before && (before.file.size !== file.size || before.file.footer !== file.footer)) throw new MergeRefused(`${before.name} and ${name} were run over different data: ${file.path} is not the same file in both. Run one of them again.`);
      if (!before) known.set(file.path, { file, name });
    }
  }
  return [...known.values()].map(({ file }) => file).sort((a, b) => (a.path < b.path ? -1 : 1));
}

interface DateSpan {
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
}

/** From the first date of any part to the last; open where one is. */
function spanOf(parts: readonly PartialRun[]): DateSpan {
  const times = parts.flatMap(({ strategy }) => strategy.variants.map((variant) => variant.strategy.time));
  const open = (end: "from" | "to"): boolean => times.some((time) => time[end] === null);
  const sorted = (end: "from" | "to"): IsoDate[] => times.flatMap((time) => time[end] ?? []).sort();
  return { from: open("from") ? null : sorted("from")[0], to: open("to") ? null : sorted("to").at(-1)! };
}

function withDates(strategy: ParsedStrategy, span: DateSpan): ParsedStrategy {
  const dated = (variant: StrategyVariant): StrategyVariant => ({ ...variant, strategy: { ...variant.strategy, time: { ...variant.strategy.time, ...span } } });
  return { ...strategy, variants: strategy.variants.map(dated) };
}

/** Days of all parts in date order, joined as those of one run are. */
function mergedTrades(parts: readonly PartialRun[], variants: number): Pick<MergedRuns, "trades" | "positionId"> {
  const days = new Map<DayNumber, { readonly part: number; readonly tables: TradeColumns[] }>();
  /** What is taken from the position ids of a part's variant on a date, so that they count from 1. */
  const bases = new Map<string, number>();
  parts.forEach((part, at) => {
    const trades = withExtremes(part);
    for (const [start, end] of variantRanges(trades, variants)) {
      for (let row = start, next = start; row < end; row = next) {
        while (next < end && trades.date[next] === trades.date[row]) next++;
        const day = sliceTrades(trades, row, next);
        const base = Math.min(...day.positionId) - 1;
        bases.set(`${at} ${day.variant[0]} ${day.date[0]}`, base);
        for (let i = 0; i < day.length; i++) day.positionId[i] -= base;
        const known = days.get(day.date[0]) ?? { part: at, tables: [] };
        known.tables.push(day);
        days.set(day.date[0], known);
      }
    }
  });
  const dated = [...days].sort(([a], [b]) => a - b).map(([date, { part, tables }]) => ({ date, part, table: concatTrades(tables) }));
  const before = new Uint32Array(variants);
  /** New id − old id, by part, variant and date; dates ascending. */
  const shifts = new Map<string, { readonly date: DayNumber; readonly first: number; readonly shift: number }[]>();
  for (const { date, part, table } of dated) {
    for (const [start, end] of variantRanges(table, variants)) {
      if (start === end) continue;
      const variant = table.variant[start];
      const base = bases.get(`${part} ${variant} ${date}`)!;
      const key = `${part} ${variant}`;
      shifts.set(key, [...(shifts.get(key) ?? []), { date, first: base + 1, shift: before[variant] - base }]);
      before[variant] += Math.max(...table.positionId.subarray(start, end));
    }
  }
  return {
    trades: joinDays(dated.map(({ table }) => table), variants),
    positionId: (part, variant, id) => id + (shifts.get(`${part} ${variant}`)?.findLast(({ first }) => first <= id)?.shift ?? 0),
  };
}

/** trades.csv does not tell the worst and the best moment of a position; positions.csv does. */
function withExtremes({ name, trades, positions, strategy }: PartialRun): TradeColumns {
  const lines = positions.split("\n").filter((line) => line !== "");
  const header = csvCells(lines[0] ?? "");
  const [variantAt, idAt, maeAt, mfeAt] = (["variant", "position_id", "mae", "mfe"] as const).map((column) => header.indexOf(column));
  if ([variantAt, idAt, maeAt, mfeAt].includes(-1)) throw new MergeRefused(`${name}: the first line of positions.csv does not name ${POSITION_COLUMNS.join(", ")}. Run it again.`);
  const found = new Map(lines.slice(1).map((line) => {
    const cells = csvCells(line);
    return [`${cells[variantAt]} ${cells[idAt]}`, { mae: Math.round(Number(cells[maeAt]) * 100), mfe: Math.round(Number(cells[mfeAt]) * 100) }] as const;
  }));
  const full = sliceTrades(trades, 0, trades.length);
  for (let row = 0; row < full.length; row++) {
    const position = found.get(`${strategy.variants[full.variant[row]].name} ${full.positionId[row]}`);
    if (!position) throw new MergeRefused(`${name}: positions.csv lacks position ${full.positionId[row]} of ${strategy.variants[full.variant[row]].name}. The files are of different runs; run it again.`);
    full.mae[row] = position.mae;
    full.mfe[row] = position.mfe;
  }
  return full;
}

function mergedDoubts(parts: readonly PartialRun[]): RunDoubt[] {
  const doubts = new Map<string, RunDoubt>();
  for (const { ledger } of parts) for (const doubt of ledger.uncertain_rules) doubts.set(doubt.text, { ...doubt, days: doubt.days + (doubts.get(doubt.text)?.days ?? 0) });
  return [...doubts.values()];
}
