/** All variants of one universe on one date: those that are alike go through the day together. */
import type { SampledArming, SampledTrade, Skip } from "../results/types.ts";
import type { TradeBuilder } from "../results/trade-builder.ts";
import type { MarketRules } from "../market/types.ts";
import { firstAlike, thresholdTable } from "../strategy/alike.ts";
import type { CompiledStrategy } from "../strategy/compile.ts";
import { sampleLimits } from "../strategy/sampling.ts";
import type { ParsedStrategy } from "../strategy/types.ts";
import type { Member } from "./cohort.ts";
import { RECORDED, type DayRecording } from "./day-recording.ts";
import { NeedContracts } from "./day-market.ts";
import { dayFees } from "./fees.ts";
import { foreseeEntries } from "./foresee.ts";
import { LateLegs } from "./late-legs.ts";
import { Orders } from "./orders.ts";
import { Simulation } from "./simulate.ts";
import type { Parted, SimulationDay } from "./simulation-day.ts";
import { NO_TRACE } from "./trace.ts";
import { SampleTrace } from "./trade-sample.ts";
import type { UniverseDay } from "./universe-day.ts";
import { dayWindows } from "./windows.ts";

/** Where the day's trades, skips and sampled trades are put, by variant. */
export interface Tables {
  readonly trades: TradeBuilder;
  readonly skips: Skip[];
  readonly sample: SampledTrade[];
  /** Of the variant that is recorded. */
  readonly armings: SampledArming[];
}

interface VariantsJob {
  readonly strategy: ParsedStrategy;
  readonly rules: MarketRules;
  /** Whether to keep the inputs of each variant's first trades of the day. */
  readonly recordSample: boolean;
  /** Given when the day is recorded second by second, which goes with the sample. */
  readonly record?: (recording: DayRecording) => void;
}

/** What alike variants share. */
interface Alike extends Pick<SimulationDay, "windows" | "fees" | "orders" | "late"> {
  /** Windows that the session does not hold. */
  readonly left: readonly { readonly id: number; readonly start: number }[];
  readonly members: Member[];
}

/** Answers the milliseconds spent simulating. `variants` ascend; `compiled` are theirs. */
export async function simulateVariants({ strategy, rules, recordSample, record }: VariantsJob, universe: UniverseDay, variants: readonly number[], compiled: readonly CompiledStrategy[], into: Tables): Promise<number> {
  const { market, selector, conditions, reader } = universe;
  const { trades, sample } = into;
  const first = firstAlike(strategy);
  const families = new Map<number, Alike>();
  const members: Member[] = [];
  for (let place = 0; place < variants.length; place++) {
    const variant = variants[place];
    let alike = families.get(first[variant]);
    if (!alike) {
      const { held, left } = dayWindows(compiled[place], market.session);
      const fees = dayFees(strategy.variants[variant].strategy, compiled[place], rules, market.date);
      alike = { windows: held, left, fees, orders: new Orders(market, compiled[place].fill), late: new LateLegs(market, compiled[place].fill), members: [] };
      families.set(first[variant], alike);
    }
    const member = { variant, strategy: compiled[place], left: alike.left, outcome: undefined };
    members.push(member);
    alike.members.push(member);
  }
  let simulating = 0;
  for (const { windows, fees, orders, late, members: family } of families.values()) {
    foreseeEntries(selector, family[0].strategy, windows);
    await universe.supply();
    const day = { market, selector, conditions, windows, fees, orders, late, trades, thresholds: thresholdTable(strategy) };
    if (!recordSample) simulating += await simulate({ ...day, trace: NO_TRACE, parted: [] }, family, universe);
    // A sample is made of what its own variant sees.
    else
      for (const member of family) {
        const trace = new SampleTrace(reader, market, late, member.strategy, member.variant, sampleLimits(strategy)[member.variant]);
        simulating += await simulate({ ...day, trace, parted: [] }, [member], universe);
        sample.push(...trace.trades);
        if (record && member.variant === RECORDED) into.armings.push(...trace.armings());
      }
  }
  const start = performance.now();
  trades.take(members);
  for (const member of members) putSkips(member, market.date, into.skips);
  return simulating + performance.now() - start;
}

/** Answers the milliseconds spent simulating. */
async function simulate(day: SimulationDay, family: readonly Member[], universe: UniverseDay): Promise<number> {
  let start = performance.now();
  let simulating = 0;
  day.parted.push({ members: family, start: (members) => new Simulation(members, day) });
  for (let next: Parted | undefined; (next = day.parted.pop()); ) {
    for (let members = next.members; ; ) {
      const simulation = next.start(members);
      try {
        simulation.run();
        break;
      } catch (error) {
        if (!(error instanceof NeedContracts)) throw error;
        members = simulation.members;
        day.trace.restart();
        simulating += performance.now() - start;
        await universe.supply();
        start = performance.now();
      }
    }
  }
  return simulating + performance.now() - start;
}

function putSkips({ variant, left, outcome }: Member, date: number, skips: Skip[]): void {
  for (let i = 0; i < left.length; i++) skips.push({ variant, date, first: left[i].start, last: left[i].start, count: 1, windowId: left[i].id, reason: "session" });
  const own = outcome!.skips;
  for (let i = 0; i < own.length; i++) skips.push({ ...own[i], variant });
}
