/** A random sample of a run's days worked out anew by the reference engine, and its decisions tried with the future hidden. */
import type { RulesOverride } from "../core/market/override.ts";
import { rulesWith } from "../core/market/rules.ts";
import type { RecordedRun } from "../core/results/recorded-run.ts";
import type { DayVerdict, LookAheadDay, Verification } from "../core/results/verification.ts";
import { Random } from "../core/sample/random.ts";
import type { ParsedStrategy, StrategyVariant } from "../core/strategy/types.ts";
import type { IsoDate } from "../core/time.ts";
import { count } from "../core/words.ts";
import type { Progress } from "../data/catalogue/types.ts";
import { drawn } from "./drawn.ts";
import { LookAheadDays } from "./look-ahead-days.ts";
import type { CatalogueWorkerApi, SourceDescriptor } from "./protocol.ts";
import { ReferenceDays } from "./reference-days.ts";
import type { WorkerHost } from "./worker-host.ts";

/** The reference takes seconds for a variant's day: of a sweep so many variants are drawn. */
export const VARIANTS_MOST = 8;

export interface VerifyRequest {
  readonly run: RecordedRun;
  readonly catalogue: Pick<CatalogueWorkerApi, "plan" | "named">;
  readonly host: WorkerHost;
  /** Asked once for each worker: a port to the page's files cannot be shared. */
  readonly source: () => SourceDescriptor;
  readonly rules?: RulesOverride;
  /** Days to verify. */
  readonly sample: number;
  readonly seed: number;
  readonly signal?: AbortSignal;
  readonly onPlan?: (progress: Progress) => void;
  /** What is drawn, before anything of it is done. */
  readonly onDrawn?: (dates: readonly IsoDate[], variants: readonly string[]) => void;
  readonly onDay?: (verdict: DayVerdict, lookAhead: LookAheadDay) => void;
}

/** What keeps a run from being verified at all, in words. */
export class VerifyRefused extends Error {
  override readonly name = "VerifyRefused";
}

/** Resolves when the sample is done, or with what is done after the signal. Throws VerifyRefused. */
export async function verifyRun(request: VerifyRequest): Promise<Verification> {
  const { run, catalogue, seed, rules, sample, signal } = request;
  const draw = <T>(items: readonly T[], most: number, ...words: readonly string[]): T[] => drawn(items, most, new Random("verify", seed, ...words));
  const dates = draw(run.daysRun, sample, "days");
  const variants = draw(run.strategy.variants, VARIANTS_MOST, "variants");
  const strategy = sampled(run.strategy, variants, dates);
  const found: Verification = { runId: run.runId, seed, daysRun: run.daysRun.length, days: [], lookAhead: [], problems: problemsOf(run, rules), stopped: false };
  if (dates.length === 0) throw new VerifyRefused("The run has no day that was run: there is nothing to verify.");
  const plan = await catalogue.plan([strategy], (progress) => request.onPlan?.(progress));
  const [own] = plan.strategies;
  if (own.kind === "refused") throw new VerifyRefused(own.message);
  const named = await catalogue.named([...new Set(variants.map(({ strategy: { universe } }) => universe.symbol))]);
  request.onDrawn?.(dates, variants.map(({ name }) => name));

  const days: DayVerdict[] = [];
  const ahead: LookAheadDay[] = [];
  const { host, source } = request;
  const reference = new ReferenceDays({ run, host, source, rules, plan, named, variants });
  const engine = new LookAheadDays({ host, source, rules, plan, strategy });
  try {
    for (const date of dates) {
      if (signal?.aborted) break;
      const verdict = await untilStopped(reference.day(date), signal);
      if (verdict === STOPPED) break;
      const stands = await untilStopped(engine.day(date, (seconds, most) => draw(seconds, most, "moments", date)), signal);
      if (stands === STOPPED) break;
      days.push(verdict);
      ahead.push(stands);
      request.onDay?.(verdict, stands);
    }
  } finally {
    reference.end();
    engine.end();
  }
  return { ...found, days, lookAhead: ahead, stopped: days.length < dates.length };
}

/** The strategy of the run with these variants and on these dates alone. */
function sampled(parsed: ParsedStrategy, variants: readonly StrategyVariant[], dates: readonly IsoDate[]): ParsedStrategy {
  return {
    ...parsed,
    variants: variants.map(({ name, swept, strategy }) => {
      const { include } = strategy.time;
      return { name, swept, strategy: { ...strategy, time: { ...strategy.time, include: dates.filter((date) => !include || include.includes(date)) } } };
    }),
  };
}

function problemsOf({ rulesVersion, untouched, strategy }: RecordedRun, rules: RulesOverride | undefined): string[] {
  const { version } = rulesWith(rules);
  return [
    ...(untouched ? [] : ["trades.csv is not as the run wrote it: its rows do not have the result hash that run.json names"]),
    ...(version === rulesVersion ? [] : [`The run was made by market rules ${rulesVersion}, these are ${version}: what differs may come from there. Give the run's own rules, or run it again`]),
    ...(strategy.variants.length > 0 ? [] : ["the strategy of the run has no variant"]),
  ];
}

const STOPPED = Symbol("stopped");

/** The work goes on in its worker, which is ended after it. */
async function untilStopped<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T | typeof STOPPED> {
  if (!signal) return work;
  let heard: () => void = () => undefined;
  const stopped = new Promise<typeof STOPPED>((resolve) => signal.addEventListener("abort", (heard = () => resolve(STOPPED))));
  // Its worker is ended under it: that it is lost then is no news.
  work.catch(() => undefined);
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener("abort", heard);
  }
}

/** What a verification found, in a sentence. */
export function verdictWords({ days, lookAhead, daysRun, stopped }: Verification): string {
  const of = (result: DayVerdict["result"]): number => days.filter((day) => day.result === result).length;
  const parts = [
    `${of("equal")} of ${count(days.length, "day")} equal`,
    ...(of("differs") > 0 ? [`${of("differs")} differ`] : []),
    ...(of("changed") > 0 ? [`${of("changed")} differ on data that has changed since`] : []),
    ...(of("unverified") > 0 ? [`${of("unverified")} could not be verified`] : []),
  ];
  const moments = lookAhead.flatMap((day) => day.moments);
  const fallen = moments.filter(({ missing, instead }) => missing.length + instead.length > 0).length;
  const untried = lookAhead.filter(({ why }) => why !== null).length;
  const ahead = `with the future hidden after ${count(moments.length, "decision")} ${fallen === 0 ? "all stand" : `${fallen} do not stand`}${untried > 0 ? `; ${count(untried, "day")} could not be tried` : ""}`;
  return `${parts.join(", ")} (of ${count(daysRun, "day")} run); ${ahead}${stopped ? "; stopped before the sample was done" : ""}`;
}
