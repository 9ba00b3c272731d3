/** The files of a merged run that are put together from those of its parts: run.json, skips.csv, sample.json. */
import { sampleLimits } from "../strategy/sampling.ts";
import type { IsoDate } from "../time.ts";
import { csvCells } from "./csv-cell.ts";
import { canonicalHash } from "./hash.ts";
import type { MergedRuns, PartialRun } from "./merge-runs.ts";
import type { sampleJson } from "./sample-json.ts";
import { skipsCsv } from "./skips-csv.ts";

export interface MergedHead {
  readonly runId: string;
  readonly resultHash: string;
}

/** run.json of the whole; `merged_from` names the parts. */
export function mergedLedger(parts: readonly PartialRun[], merged: MergedRuns, { runId, resultHash }: MergedHead) {
  const ledgers = parts.map(({ ledger }) => ledger);
  const [first] = ledgers;
  const all = <T>(of: (ledger: (typeof ledgers)[number]) => readonly T[]): T[] => ledgers.flatMap(of);
  const sum = (of: (ledger: (typeof ledgers)[number]) => number): number => ledgers.reduce((total, ledger) => total + of(ledger), 0);
  const sourceDays: Record<string, number> = {};
  for (const { data } of ledgers) for (const [source, days] of Object.entries(data.spot_source_days)) sourceDays[source] = (sourceDays[source] ?? 0) + days;
  const problems = new Map(all(({ data }) => data.problems).map((problem) => [`${problem.path} ${problem.kind} ${problem.message}`, problem]));
  return {
    ...first,
    run_id: runId,
    result_hash: resultHash,
    stopped: ledgers.some(({ stopped }) => stopped),
    merged_from: parts.map(({ name, ledger }) => ({ folder: name, run_id: ledger.run_id, result_hash: ledger.result_hash, first: ledger.days.run[0] ?? null, last: ledger.days.run.at(-1) ?? null })),
    strategy: merged.strategy,
    strategy_hash: canonicalHash(merged.strategy),
    uncertain_rules: merged.uncertainRules,
    data: {
      ...first.data,
      spot_sources: byDate(all(({ data }) => data.spot_sources)),
      spot_source_days: sourceDays,
      fingerprint: canonicalHash(merged.files),
      files: merged.files,
      problems: [...problems.values()],
    },
    days: {
      run: all(({ days }) => days.run).sort(),
      skipped: byDate(all(({ days }) => days.skipped)),
      quarantined: byDate(all(({ days }) => days.quarantined)),
      expiry_gap: all(({ days }) => days.expiry_gap).sort(),
    },
    quarantine: first.quarantine ? { thresholds: first.quarantine.thresholds, overruled: byDate(all(({ quarantine }) => quarantine?.overruled ?? [])) } : null,
    contracts_read: sum((ledger) => ledger.contracts_read),
    quality: merged.quality,
    timings: {
      started: all(({ timings }) => [timings.started]).sort()[0],
      finished: all(({ timings }) => [timings.finished]).sort().at(-1),
      milliseconds: sum(({ timings }) => timings.milliseconds),
      workers: Math.max(...ledgers.map(({ timings }) => timings.workers)),
      load_milliseconds: sum(({ timings }) => timings.load_milliseconds),
      simulate_milliseconds: sum(({ timings }) => timings.simulate_milliseconds),
    },
  };
}

function byDate<T extends { readonly date: IsoDate }>(entries: readonly T[]): T[] {
  return entries.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

/** skips.csv of the whole, out of the texts of its parts: by variant, date, first second and window. */
export function mergedSkips(texts: readonly string[], { strategy }: MergedRuns): string {
  const places = new Map(strategy.variants.map(({ name }, place) => [name, place]));
  const lines = texts.flatMap((text) => text.split("\n").slice(1).filter((line) => line !== ""));
  const keyed = lines.map((line) => {
    const [variant, date, first, , , window] = csvCells(line);
    return { line, key: [places.get(variant) ?? 0, `${date} ${first}`, Number(window)] as const };
  });
  keyed.sort(({ key: a }, { key: b }) => a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : a[2] - b[2]));
  return skipsCsv([], { variants: [], symbols: [] }) + keyed.map(({ line }) => `${line}\n`).join("");
}

export type SampledJson = ReturnType<typeof sampleJson>[number];

/** sample.json of the whole: the first trades of each variant among those that the parts have recorded. */
export function mergedSample(samples: readonly (readonly SampledJson[])[], merged: MergedRuns): SampledJson[] {
  const { strategy } = merged;
  const limits = sampleLimits(strategy);
  const places = new Map(strategy.variants.map(({ name }, place) => [name, place]));
  const byVariant: SampledJson[][] = strategy.variants.map(() => []);
  samples.forEach((sample, part) => {
    for (const sampled of sample) {
      const variant = places.get(sampled.trade.variant) ?? 0;
      const position_id = String(merged.positionId(part, variant, Number(sampled.trade.position_id)));
      byVariant[variant].push({ ...sampled, trade: { ...sampled.trade, position_id } });
    }
  });
  return byVariant.flatMap((own, variant) => own.sort((a, b) => compareEntries(a, b)).slice(0, limits[variant]));
}

function compareEntries({ trade: a }: SampledJson, { trade: b }: SampledJson): number {
  return a.ts_entry < b.ts_entry ? -1 : a.ts_entry > b.ts_entry ? 1 : Number(a.position_id) - Number(b.position_id) || Number(a.leg_id) - Number(b.leg_id);
}
