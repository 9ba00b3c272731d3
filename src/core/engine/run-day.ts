/** One day job of one strategy: everything that its variants do on one date. Pure of I/O: rows come through the DayData port. */
import { addQuality, noQuality } from "../grid/slice.ts";
import type { MarketRules, SymbolName } from "../market/types.ts";
import { createTradeBuilder } from "../results/trade-builder.ts";
import type { DayOutcome, FileFingerprint, PartDay, SampledArming, SampledTrade, Skip } from "../results/types.ts";
import { firstAlike } from "../strategy/alike.ts";
import { compileStrategy } from "../strategy/compile.ts";
import { partsOf, type Part } from "../strategy/parts.ts";
import type { ParsedStrategy } from "../strategy/types.ts";
import type { DayNumber } from "../time.ts";
import { RECORDED, recordDay, type DayRecording } from "./day-recording.ts";
import type { DayGrids } from "./day-grids.ts";
import { fieldsOf } from "./fields.ts";
import { NotRun } from "./not-run.ts";
import { verdictOf } from "./plan.ts";
import { UnreadableInput, type DayData } from "./ports.ts";
import { simulateVariants } from "./simulate-variants.ts";
import { openUniverse } from "./universe-day.ts";

export interface DayJob {
  readonly strategy: ParsedStrategy;
  readonly date: DayNumber;
  /** The date's rows of a symbol; undefined when the data has none. What is asked of them is counted for this strategy. */
  readonly data: (symbol: SymbolName) => DayData | undefined;
  readonly rules: MarketRules;
  readonly grids: DayGrids;
  /** Whether to keep the inputs of each variant's first trades of the day. */
  readonly recordSample: boolean;
  /** Takes the day second by second, as the strategy's first variant saw it. */
  readonly record?: (recording: DayRecording) => void;
}

/** What the day has made so far; a universe that turns out not to be run takes back what it added. */
class Collected {
  readonly trades = createTradeBuilder();
  readonly skips: Skip[] = [];
  readonly sample: SampledTrade[] = [];
  readonly armings: SampledArming[] = [];

  mark(): () => void {
    const before = { trades: this.trades.taken, skips: this.skips.length, sample: this.sample.length };
    return () => {
      this.trades.rewind(before.trades);
      this.skips.length = before.skips;
      this.sample.length = before.sample;
    };
  }
}

/** Runs one date. Bad input becomes a `not_run` part; what rejects is a defect or the end of the data source. */
export async function runDay(job: DayJob): Promise<DayOutcome> {
  const { strategy, date, rules, grids } = job;
  const started = performance.now();
  const collected = new Collected();
  const opened = new Map<SymbolName, DayData | undefined>();
  const days: PartDay[] = [];
  const alike = firstAlike(strategy);
  let simulating = 0;
  for (const group of universesOf(strategy, rules, date)) {
    const { universe } = group[0].part;
    if (!opened.has(universe.symbol)) opened.set(universe.symbol, job.data(universe.symbol));
    const data = opened.get(universe.symbol);
    const takeBack = collected.mark();
    const becomes = (day: Omit<Extract<PartDay, { kind: "run" }>, "part"> | Omit<Extract<PartDay, { kind: "not_run" }>, "part"> | { readonly kind: "no_data" }) =>
      days.push(...group.map(({ index }) => ({ part: index, ...day })));
    try {
      const variants = group.flatMap(({ part }) => part.variants);
      const compiled = variants.map((variant) => compileStrategy(strategy.variants[variant].strategy));
      // Alike variants want the same of the day.
      const different = compiled.filter((_, place) => alike[variants[place]] === variants[place]);
      const day = data && (await openUniverse(universe, data, rules, grids, different, fieldsOf(strategy)));
      if (day) simulating += await simulateVariants(job, day, variants, compiled, collected);
      if (day && job.record && variants.includes(RECORDED)) job.record(recordDay(day, compiled[variants.indexOf(RECORDED)], collected.trades.soFar(), collected.skips, collected.armings));
      becomes(day ? { kind: "run", spotSource: day.spotSource, expiryGap: day.expiryGap } : { kind: "no_data" });
    } catch (error) {
      const reason = error instanceof NotRun ? error.reason : error instanceof UnreadableInput ? "unreadable" : undefined;
      if (reason === undefined) throw error;
      takeBack();
      becomes({ kind: "not_run", reason, detail: (error as Error).message });
    }
    grids.settle();
  }
  return {
    date, parts: days, trades: collected.trades.finish(), skips: collected.skips, sample: collected.sample,
    ...(days.every(({ kind }) => kind === "no_data") ? NOTHING_READ : reportOf([...opened.values()])),
    milliseconds: { load: performance.now() - started - simulating, simulate: simulating },
  };
}

/** The parts that run on the date, those of one universe together. */
function universesOf(strategy: ParsedStrategy, rules: MarketRules, date: DayNumber): { readonly part: Part; readonly index: number }[][] {
  const groups = new Map<string, { readonly part: Part; readonly index: number }[]>();
  partsOf(strategy).forEach((part, index) => {
    if (verdictOf(strategy, part, rules, date) !== "run") return;
    const group = groups.get(part.universeKey);
    if (group) group.push({ part, index });
    else groups.set(part.universeKey, [{ part, index }]);
  });
  return [...groups.values()];
}

const NOTHING_READ = { quality: noQuality(), files: [], contractsRead: 0 };

/** What was read of all symbols. */
function reportOf(opened: readonly (DayData | undefined)[]): Pick<DayOutcome, "quality" | "files" | "contractsRead"> {
  const quality = noQuality();
  const files: FileFingerprint[] = [];
  let contractsRead = 0;
  for (const data of opened) {
    const report = data?.report();
    if (!report) continue;
    addQuality(quality, report.quality);
    files.push(...report.files);
    contractsRead += report.contracts;
  }
  return { quality, files, contractsRead };
}
