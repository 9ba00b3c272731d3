/** Day outcomes, which arrive in any order, as the tables of one run. The result depends on the days only, not on their order. */
import { addQuality, noQuality, type QualityCounts } from "../grid/slice.ts";
import { partsOf, partWords } from "../strategy/parts.ts";
import { sampleLimits } from "../strategy/sampling.ts";
import type { ParsedStrategy } from "../strategy/types.ts";
import { isoDate, type DayNumber } from "../time.ts";
import { daysNotRun, type PartNotRun } from "./not-run.ts";
import { joinDays, orderDayTrades } from "./trade-order.ts";
import type { DayNotRun, DayOutcome, FileFingerprint, PartDay, SampledTrade, Skip, SpotSource, TradeColumns } from "./types.ts";

/** Where the spot of one date came from. */
export interface DaySource {
  readonly date: DayNumber;
  readonly source: SpotSource;
  /** Which of the variants it served, by their swept values; absent where all had the same. */
  readonly variants?: string;
}

export interface RunTotals {
  readonly quality: QualityCounts;
  /** Sum over the days of the contracts that were listed and read. */
  readonly contractsRead: number;
  /** Time spent in workers, milliseconds, summed over the days. */
  readonly loadMilliseconds: number;
  readonly simulateMilliseconds: number;
}

export interface RunMerge {
  /** Takes one day. Throws an Error when that day has come before. */
  add(outcome: DayOutcome): void;
  /** Days that have come, run or not. */
  readonly dayCount: number;
  readonly tradeCount: number;
  /** All trades in the order of semantics §6 with run-wide position ids. The same table until a day is added or its buffers are transferred. */
  trades(): TradeColumns;
  /** By variant, date, first second and window. */
  skips(): readonly Skip[];
  /** By date. */
  notRun(): readonly DayNotRun[];
  /** Dates that were run, ascending: for one variant, or for any. */
  daysRun(variant?: number): readonly DayNumber[];
  /** Inputs of the first trades of each variant (`sampleLimits`) by date and entry, in the order of the trades, with their run-wide position ids. */
  sample(): readonly SampledTrade[];
  spotSources(): readonly DaySource[];
  /** Dates run on another expiry than the calendar's next one, since that had no rows. */
  expiryGaps(): readonly DayNumber[];
  totals(): RunTotals;
  /** Every file read, by path; a file that changed during the run stands there in both its forms. */
  files(): readonly FileFingerprint[];
  /** Paths of files that changed between two reads of the run, in path order. */
  changedFiles(): readonly string[];
}

type RunPart = Extract<PartDay, { kind: "run" }>;

/** A day on which at least one part of the strategy was run. Files stand once for the whole run: years of days would hold them once a day. */
interface RunDay {
  readonly outcome: Omit<DayOutcome, "files" | "trades">;
  readonly ran: readonly RunPart[];
  readonly trades: TradeColumns;
}

export function createRunMerge(strategy: ParsedStrategy): RunMerge {
  const variants = strategy.variants.length;
  const parts = partsOf(strategy);
  const partOf = new Int32Array(variants);
  parts.forEach((part, index) => part.variants.forEach((variant) => (partOf[variant] = index)));
  const seen = new Set<DayNumber>();
  const days: RunDay[] = [];
  const missed: DayNotRun[] = [];
  const fingerprints = new Map<string, FileFingerprint>();
  const quality = noQuality();
  let tradeCount = 0;
  let merged: TradeColumns | undefined;
  let ordered = true;
  /** Days run by part, and by −1 of any part. */
  let datesRun = new Map<number, readonly DayNumber[]>();

  /** Days in date order. */
  function inOrder(): readonly RunDay[] {
    if (!ordered) days.sort((a, b) => a.outcome.date - b.outcome.date);
    ordered = true;
    return days;
  }

  function sourcesOf({ outcome, ran }: RunDay): DaySource[] {
    const sources = [...new Set(ran.map(({ spotSource }) => spotSource))];
    return sources.map((source) => {
      const words = sources.length === 1 ? undefined : partWords(parts, ran.filter(({ spotSource }) => spotSource === source).map(({ part }) => part));
      return { date: outcome.date, source, ...(words !== undefined && { variants: words }) };
    });
  }

  return {
    add(outcome) {
      const { date } = outcome;
      if (seen.has(date)) throw new Error(`the results of ${isoDate(date)} were added twice to one run`);
      seen.add(date);
      addQuality(quality, outcome.quality);
      for (const file of outcome.files) fingerprints.set(`${file.path}\n${file.size}\n${file.modified}\n${file.footer}`, file);
      missed.push(...daysNotRun(date, parts, outcome.parts.filter((part): part is PartNotRun & PartDay => part.kind === "not_run")));
      const ran = outcome.parts.filter((part) => part.kind === "run");
      if (ran.length === 0) return;
      ordered &&= days.length === 0 || days[days.length - 1].outcome.date < date;
      const { files: _, trades, ...day } = outcome;
      days.push({ outcome: day, ran, trades: orderDayTrades(trades) });
      tradeCount += outcome.trades.length;
      merged = undefined;
      datesRun = new Map();
    },
    get dayCount() {
      return seen.size;
    },
    get tradeCount() {
      return tradeCount;
    },
    trades() {
      // A table whose buffers were transferred away has no rows any more.
      if (merged === undefined || merged.variant.length !== tradeCount) merged = joinDays(inOrder().map((day) => day.trades), variants);
      return merged;
    },
    skips() {
      return days
        .flatMap((day) => day.outcome.skips)
        .sort((a, b) => a.variant - b.variant || a.date - b.date || a.first - b.first || a.windowId - b.windowId);
    },
    notRun() {
      return missed.toSorted((a, b) => a.date - b.date);
    },
    daysRun(variant) {
      const wanted = variant === undefined ? -1 : partOf[variant];
      let dates = datesRun.get(wanted);
      if (!dates) {
        dates = inOrder().filter(({ ran }) => wanted < 0 || ran.some(({ part }) => part === wanted)).map(({ outcome }) => outcome.date);
        datesRun.set(wanted, dates);
      }
      return dates;
    },
    sample() {
      const limits = sampleLimits(strategy);
      const lists: SampledTrade[][] = Array.from({ length: variants }, () => []);
      const counted = new Uint32Array(variants);
      const positionsBefore = new Uint32Array(variants);
      for (const { outcome, trades } of inOrder()) {
        const recorded = new Map(outcome.sample.map((trade) => [`${trade.variant}|${trade.positionId}|${trade.legId}|${trade.entryFill.second}`, trade]));
        const positions = new Uint32Array(variants);
        for (let row = 0; row < trades.length; row++) {
          const variant = trades.variant[row];
          const positionId = trades.positionId[row];
          positions[variant] = Math.max(positions[variant], positionId);
          if (counted[variant]++ >= limits[variant]) continue;
          const trade = recorded.get(`${variant}|${positionId}|${trades.legId[row]}|${trades.tsEntry[row]}`);
          if (trade) lists[variant].push({ ...trade, positionId: positionsBefore[variant] + positionId });
        }
        for (let variant = 0; variant < variants; variant++) positionsBefore[variant] += positions[variant];
        if (counted.every((count, variant) => count >= limits[variant])) break;
      }
      return lists.flat();
    },
    spotSources() {
      return inOrder().flatMap(sourcesOf);
    },
    expiryGaps() {
      return inOrder().filter(({ ran }) => ran.some(({ expiryGap }) => expiryGap)).map(({ outcome }) => outcome.date);
    },
    totals() {
      const sum = (of: (outcome: RunDay["outcome"]) => number) => days.reduce((total, day) => total + of(day.outcome), 0);
      return {
        quality: { ...quality },
        contractsRead: sum((outcome) => outcome.contractsRead),
        loadMilliseconds: sum((outcome) => outcome.milliseconds.load),
        simulateMilliseconds: sum((outcome) => outcome.milliseconds.simulate),
      };
    },
    files() {
      return [...fingerprints.values()].sort((a, b) => compareText(a.path, b.path) || a.modified - b.modified || a.size - b.size || compareText(a.footer, b.footer));
    },
    changedFiles() {
      const paths = new Set<string>();
      const changed = new Set<string>();
      for (const { path } of fingerprints.values()) (paths.has(path) ? changed : paths).add(path);
      return [...changed].sort(compareText);
    },
  };
}

/** By code unit, the same on every machine (a locale's order is not). */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
