/** Day outcomes, which arrive in any order, as the tables of one run. The result depends on the days only, not on their order. */
import { addQuality, noQuality, type QualityCounts } from "../grid/slice.ts";
import type { SymbolName } from "../market/types.ts";
import { isoDate, type DayNumber } from "../time.ts";
import { joinDays, orderDayTrades } from "./trade-order.ts";
import type { DayNotRun, DayOutcome, FileFingerprint, SampledTrade, Skip, SpotSource, TradeColumns } from "./types.ts";

type RunOutcome = Extract<DayOutcome, { kind: "run" }>;

/** Where the spot of one date came from. */
export interface DaySource {
  readonly date: DayNumber;
  readonly symbol: SymbolName;
  readonly source: SpotSource;
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
  /** Takes one day. `symbol` tells the days of a strategy of several symbols apart. Throws an Error when that day has come before. */
  add(outcome: DayOutcome, symbol?: SymbolName): void;
  readonly tradeCount: number;
  /** All trades in the order of semantics §6 with run-wide position ids. The same table until a day is added or its buffers are transferred. */
  trades(): TradeColumns;
  /** By variant, date, first second and window. */
  skips(): readonly Skip[];
  /** By date and symbol. */
  notRun(): readonly DayNotRun[];
  /** Dates that were run, ascending: of one symbol, or of any. */
  daysRun(symbol?: SymbolName): readonly DayNumber[];
  /** Inputs of the first trades of each variant by date and entry, in the order of the trades, with their run-wide position ids. */
  sample(first: number): readonly SampledTrade[];
  spotSources(): readonly DaySource[];
  /** Dates run on another expiry than the calendar's next one, since that had no rows. */
  expiryGaps(): readonly DayNumber[];
  totals(): RunTotals;
  /** Every file read, by path; a file that changed during the run stands there in both its forms. */
  files(): readonly FileFingerprint[];
}

/** @param variants how many variants the strategy has */
export function createRunMerge(variants: number): RunMerge {
  const seen = new Set<string>();
  const days: { readonly outcome: RunOutcome; readonly symbol: SymbolName; readonly trades: TradeColumns }[] = [];
  const missed: DayNotRun[] = [];
  const fingerprints = new Map<string, FileFingerprint>();
  const quality = noQuality();
  let tradeCount = 0;
  let merged: TradeColumns | undefined;
  let ordered = true;

  /** Days in date order. */
  function inOrder(): typeof days {
    if (!ordered) days.sort((a, b) => a.outcome.date - b.outcome.date || compareText(a.symbol, b.symbol));
    ordered = true;
    return days;
  }

  return {
    add(outcome, symbol = "") {
      const key = `${outcome.date}|${symbol}`;
      if (seen.has(key)) throw new Error(`the results of ${[symbol, isoDate(outcome.date)].join(" ").trim()} were added twice to one run`);
      seen.add(key);
      if (outcome.kind === "no_data") return;
      addQuality(quality, outcome.quality);
      for (const file of outcome.files) fingerprints.set(`${file.path}\n${file.size}\n${file.modified}\n${file.footer}`, file);
      if (outcome.kind === "not_run") {
        missed.push({ date: outcome.date, reason: outcome.reason, detail: outcome.detail, ...(symbol === "" ? {} : { symbol }) });
        return;
      }
      ordered &&= days.length === 0 || days[days.length - 1].outcome.date < outcome.date;
      days.push({ outcome, symbol, trades: orderDayTrades(outcome.trades) });
      tradeCount += outcome.trades.length;
      merged = undefined;
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
      return missed.toSorted((a, b) => a.date - b.date || compareText(a.symbol ?? "", b.symbol ?? ""));
    },
    daysRun(symbol) {
      const dates = inOrder().filter((day) => symbol === undefined || day.symbol === symbol).map((day) => day.outcome.date);
      return dates.filter((date, i) => i === 0 || date !== dates[i - 1]);
    },
    sample(first) {
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
          if (counted[variant]++ >= first) continue;
          const trade = recorded.get(`${variant}|${positionId}|${trades.legId[row]}|${trades.tsEntry[row]}`);
          if (trade) lists[variant].push({ ...trade, positionId: positionsBefore[variant] + positionId });
        }
        for (let variant = 0; variant < variants; variant++) positionsBefore[variant] += positions[variant];
        if (counted.every((count) => count >= first)) break;
      }
      return lists.flat();
    },
    spotSources() {
      return inOrder().map(({ outcome, symbol }) => ({ date: outcome.date, symbol, source: outcome.spotSource }));
    },
    expiryGaps() {
      return inOrder().filter((day) => day.outcome.expiryGap).map((day) => day.outcome.date);
    },
    totals() {
      const sum = (of: (outcome: RunOutcome) => number) => days.reduce((total, day) => total + of(day.outcome), 0);
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
  };
}

/** By code unit, the same on every machine (a locale's order is not). */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
