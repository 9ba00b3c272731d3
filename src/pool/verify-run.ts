/** A random sample of a run's days worked out anew by the reference engine, and its decisions tried with the future hidden. */
import type { RulesOverride } from "../core/market/override.ts";
import { rulesWith } from "../core/market/rules.ts";
import type { RecordedRun } from "../core/results/recorded-run.ts";
import type { DayOutcome } from "../core/results/types.ts";
import type { DayVerdict, LookAheadDay, Verification } from "../core/results/verification.ts";
import { Random } from "../core/sample/random.ts";
import type { ParsedStrategy, StrategyVariant } from "../core/strategy/types.ts";
import { dayNumber, type DayNumber, type IsoDate, type Second } from "../core/time.ts";
import { count } from "../core/words.ts";
import type { Progress } from "../data/catalogue/types.ts";
import { drawn } from "./drawn.ts";
import { aliveInTime, HANG_AFTER, inTime, WorkerHung } from "./in-time.ts";
import { lookAhead, triedDay, type TriedDay } from "./look-ahead.ts";
import { unpackDays } from "./packed-days.ts";
import type { CatalogueWorkerApi, DayWork, EngineWorkerApi, PlannedPortion, RunPlan, SourceDescriptor } from "./protocol.ts";
import { movedOpen } from "./transfers.ts";
import type { RunDayRows } from "./verify-protocol.ts";
import { WorkerLost, type HostedWorker, type WorkerHost } from "./worker-host.ts";

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
  const made: Drawn = { plan, named, variants, strategy };
  const reference = new ReferenceDays(request, made);
  const engine = request.host.spawn("engine");
  try {
    await engine.api.open(movedOpen({ source: request.source(), reader: "parquet-wasm", rules }));
    await engine.api.begin({ strategies: [strategy], look: false, plan: { files: plan.files, earlier: plan.earlier } });
    const engineDays = new EngineDays(engine.api, plan);
    for (const date of dates) {
      if (signal?.aborted) break;
      const verdict = await untilStopped(reference.day(date), signal);
      if (verdict === STOPPED) break;
      const stands = await untilStopped(engineDays.lookAhead(strategy, date, (seconds, most) => draw(seconds, most, "moments", date)), signal);
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

interface Drawn {
  readonly plan: RunPlan;
  readonly named: Awaited<ReturnType<CatalogueWorkerApi["named"]>>;
  readonly variants: readonly StrategyVariant[];
  readonly strategy: ParsedStrategy;
}

/** Days of the reference in a worker of its own. One that dies of a day, for want of memory, costs that day alone. */
class ReferenceDays {
  readonly #request: VerifyRequest;
  readonly #drawn: Drawn;
  #worker: HostedWorker<"verify"> | undefined;

  constructor(request: VerifyRequest, drawn: Drawn) {
    this.#request = request;
    this.#drawn = drawn;
  }

  async day(date: IsoDate): Promise<DayVerdict> {
    const { run } = this.#request;
    const rows = dayRows(run, date);
    let last: string | undefined;
    try {
      const api = await this.#opened();
      return await aliveInTime((alive) => api.day(dayNumber(date), rows, (path) => {
        last = path;
        alive();
      }), HANG_AFTER, "working it out with the reference engine");
    } catch (error) {
      if (!(error instanceof WorkerLost)) throw error;
      this.end();
      const unseen = { variants: this.#drawn.variants.length, trades: 0, skips: null, filesRead: 0, rowsRead: 0, spot: null, differences: [], notes: [], milliseconds: 0 };
      const why = error instanceof WorkerHung ? `the reference does not end${last === undefined ? "" : `; the last file that it began to read is ${last}, which may be damaged: copy it again from its source`} (${error.message})` : `the reference was lost over it, probably for want of memory (${error.message})`;
      return { ...unseen, date, result: "unverified", why };
    }
  }

  end(): void {
    this.#worker?.end();
    this.#worker = undefined;
  }

  async #opened(): Promise<HostedWorker<"verify">["api"]> {
    if (this.#worker) return this.#worker.api;
    const { host, source, rules, run } = this.#request;
    const { plan: { portions, earlier, files }, named, variants } = this.#drawn;
    const { api } = (this.#worker = host.spawn("verify"));
    await inTime(api.open(movedOpen({ source: source(), rules, variants, plan: { portions, earlier, files }, named, ledger: run.files })), HANG_AFTER, "getting ready");
    return api;
  }
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

/** Days of the product's engine, without anything kept. */
class EngineDays {
  readonly #engine: EngineWorkerApi;
  readonly #plan: RunPlan;
  #portion: PlannedPortion | undefined;

  constructor(engine: EngineWorkerApi, plan: RunPlan) {
    this.#engine = engine;
    this.#plan = plan;
  }

  async lookAhead(strategy: ParsedStrategy, date: IsoDate, draw: (seconds: readonly Second[], most: number) => readonly Second[]): Promise<LookAheadDay> {
    const day = dayNumber(date);
    const portion = this.#plan.portions.find(({ dates }) => dates.includes(day));
    if (!portion) return { date, moments: [], why: "no file of the data may hold a row of the day any more" };
    return lookAhead({ variants: strategy.variants, date, draw, run: async (hideAfter) => (await this.#run(day, portion, hideAfter)).map((outcome): TriedDay => triedDay(strategy, outcome)) });
  }

  async #run(date: DayNumber, portion: PlannedPortion, hideAfter: readonly (Second | undefined)[]): Promise<DayOutcome[]> {
    const work = hideAfter.map((second): DayWork => ({ date, orders: [{ strategy: 0, recordSample: false }], ...(second !== undefined && { hideAfter: second }) }));
    const done: DayOutcome[] = [];
    while (done.length < work.length) {
      const entered = portion === this.#portion ? undefined : portion;
      done.push(...unpackDays(await this.#engine.runDays(work.slice(done.length), entered)));
      this.#portion = portion;
    }
    return done;
  }
}

function dayRows({ trades, skips, notRun, spotSources }: RecordedRun, date: IsoDate): RunDayRows {
  return {
    trades: trades.of(date), skips: skips && skips.of(date),
    notRun: notRun.flatMap((day) => (day.date === date ? [day.reason] : [])),
    spotSources: spotSources && spotSources.flatMap((day) => (day.date === date ? [day.source] : [])),
  };
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
