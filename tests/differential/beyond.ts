/** Random strategies with the entries, legs and exits beyond one order, small enough in their thresholds that the rules meet each other. */
import fc from "fast-check";
import { clockOf, secondOf } from "../reference/dates.ts";
import type { Setting } from "./conditions.ts";
import type { Era } from "./eras.ts";
import { settingOf, type Parts } from "./language.ts";
import type { Market } from "./market.ts";
import { strategyFor, threshold, type StrategyText } from "./strategies.ts";

type Json = Record<string, unknown>;

const from = fc.constantFrom;

/** In so many of ten cases; else the key is left out. */
function some<T>(tenths: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> {
  return fc.oneof({ weight: 10 - tenths, arbitrary: fc.constant(undefined) }, { weight: tenths, arbitrary });
}

/** Halves of a rupee per unit, mostly few. */
const few = fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 40 })).map((k) => k / 2);

function small(era: Era): fc.Arbitrary<Json> {
  return fc.oneof(
    { weight: 3, arbitrary: few.map((n): Json => ({ points: n })) },
    { weight: 2, arbitrary: few.map((n): Json => ({ rupees: n * era.lot })) },
    { weight: 1, arbitrary: from(0.5, 1, 2.5, 5, 10).map((pct): Json => ({ pct })) },
  );
}

const waits: fc.Arbitrary<Json> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(few, from(1, -1)).map(([n, sign]): Json => ({ points: n * sign })) },
  { weight: 3, arbitrary: from(0.5, 1, 2.5, 5, 10, -0.5, -1, -2.5, -5, -10).map((pct): Json => ({ pct })) },
  { weight: 2, arbitrary: fc.record({ break: from("high", "low"), minutes: from(1, 2, 107, 167) }) as fc.Arbitrary<Json> },
);

const MODES = from("same_strike", "new_atm", "at_cost", "at_cost");

function premiums(era: Era): fc.Arbitrary<Json> {
  return fc.tuple(fc.integer({ min: 0, max: 2 * era.step }), from(0, 5, 20, 40, era.step)).map(([low, width]): Json => ({ premium: { min: 1 + low / 2, max: 1 + low / 2 + Math.max(width, 0.5) } }));
}

function legKeys(era: Era, hasFuture: boolean, waiting: number): fc.Arbitrary<Json> {
  const selector = fc.oneof(
    premiums(era),
    from(1, 2, 3, 10).map((within): Json => ({ theta: "max", within })),
    fc.constant<Json>({ theta: "max" }),
    from(-1, -0.5, 0.25, 0.25, 0.5, 0.75, 0.75, 1, 1.5).map((x): Json => ({ straddle_width: x })),
  );
  return fc
    .record({
      strike: some(3, selector),
      expiry: some(2, from("nearest", "next", "weekly", "monthly", ...era.expiries.map((e) => e.date))),
      wait: some(waiting, waits),
      stop_loss: some(5, small(era)),
      target: some(3, small(era)),
      reentry: some(5, fc.record({ on: from(["stop_loss"], ["target"], ["stop_loss", "target"]), times: from(1, 1, 2, 5), mode: MODES })),
      future: some(hasFuture ? 1 : 0, fc.constant(true)),
    })
    .map(({ future, strike, expiry, ...rest }) => (future ? { cp: "FUT", ...rest } : { ...rest, ...(strike && { strike }), ...(expiry && { expiry }) }));
}

/** Conditions that hold about every second second. */
function often(era: Era): fc.Arbitrary<object> {
  return fc.tuple(from("gt", "lt", "gte", "lte"), from("SPOT"), fc.integer({ min: -3, max: 3 })).map(([op, metric, k]) => ({ [op]: [metric, era.center + (k * era.step) / 4] }));
}

/** Outside or inside what a series did in the first minutes, which on most markets is nothing. */
function ranges({ from: start, future }: Setting): fc.Arbitrary<object> {
  const minutes = from(1, Math.floor((start - 33_300) / 60) + 1, Math.floor((start - 33_300) / 60) + 2);
  const series = from("spot", "atm_ce", "atm_pe@now", "straddle", ...(future ? ["future"] : []));
  return fc.tuple(from("gt", "lte"), from("ORB_HIGH", "ORB_LOW"), minutes, series).map(([op, metric, length, of]) => ({ [op]: [{ metric: "SPOT", args: { of } }, { metric, args: { minutes: length, of } }] }));
}

const greeks = fc.tuple(from("gt", "lt"), from("DELTA", "THETA", "IV", "VEGA", "GAMMA"), from("atm_ce", "atm_pe"), from(-40, -0.5, 0, 0.001, 0.5, 5, 20)).map(([op, metric, of, n]) => ({ [op]: [{ metric, args: { of } }, n] }));

function withLegs(legs: readonly object[], keys: readonly Json[]): object[] {
  return legs.map((leg, i) => {
    const { strike, cp, ...plain } = leg as Json;
    const more = keys[i % keys.length];
    return more.cp === "FUT" ? { ...plain, ...more } : { cp, ...(strike === undefined ? {} : { strike }), ...plain, ...more };
  });
}

/** Strategies for a market; every key of the section is there now and then, alone and with others. */
export function beyondFor(market: Market): fc.Arbitrary<StrategyText> {
  const { era } = market;
  return fc.tuple(strategyFor(era), from(0, 0, 3, 10)).chain(([text, waiting]) => {
    const parts = JSON.parse(text) as Parts & { readonly exit: Json; readonly fill: Json };
    const setting = settingOf(market, parts, parts.entry.legs.length);
    const windows = parts.time.window.map((window) => window.split("-").map(secondOf) as [number, number]);
    const inWindows = fc.tuple(from(...windows), fc.double({ min: 0, max: 0.999, noNaN: true })).map(([[start, end], share]) => start + Math.floor(((end - start) * share) / 5) * 5);
    // So close that the tries of one would run into the next.
    const closeTimes = fc.tuple(from(...windows), from(5, 9)).map(([[start, end], gap]) => [0, 1, 2].map((k) => start + k * gap).filter((second) => second < end));
    const condition = fc.oneof({ weight: 10, arbitrary: often(era) }, { weight: 1, arbitrary: ranges(setting) }, { weight: 1, arbitrary: greeks });
    const ofLegs = fc.tuple(from("gt", "lte"), fc.integer({ min: 1, max: setting.legs }), from("BID_L1", "MID", "DELTA"), fc.integer({ min: 0, max: 20 })).map(([op, n, metric, k]) => ({ [op]: [{ metric, args: { of: `leg:${n}` } }, metric === "DELTA" ? k / 20 - 0.5 : (k * era.step) / 10] }));
    const held = fc.oneof({ weight: 6, arbitrary: often(era) }, { weight: 6, arbitrary: ofLegs }, { weight: 6, arbitrary: from("PNL", "HOLD_SECS").chain((metric) => from(-20, 0, 5, 20).map((n) => ({ gt: [metric, n] }))) });
    const leg = fc.record({ cp: from("CE", "PE"), lots: from(-1, -1, -2, 1, 3), strike: fc.integer({ min: -2, max: 2 }).map((atm) => ({ atm })) });
    const keys = fc.array(legKeys(era, setting.future, waiting), { minLength: 3, maxLength: 3 });
    const roll = fc.record({ when: held, leg: fc.integer({ min: 1, max: parts.entry.legs.length }), to: some(5, fc.oneof(premiums(era), fc.integer({ min: -2, max: 3 }).map((atm): Json => ({ atm })), from(0.5, 1).map((x): Json => ({ straddle_width: x })))), times: some(5, from(1, 2, 5)) });
    return fc
      .record({
        keys,
        blocks: some(2, fc.array(fc.record({ when: condition, legs: fc.array(leg, { minLength: parts.entry.legs.length, maxLength: Math.max(2, parts.entry.legs.length) }) }), { minLength: 2, maxLength: 4 })),
        when: some(4, condition),
        exitWhen: some(2, held),
        trigger: from("level", "edge"),
        times: some(3, fc.oneof(fc.uniqueArray(inWindows, { minLength: 2, maxLength: 4 }), closeTimes).map((seconds) => seconds.toSorted((a, b) => a - b).map(clockOf))),
        most: some(5, from(1, 2, 3, 10)),
        until: some(2, inWindows.map((second) => clockOf(second + 1))),
        filter: some(2, condition),
        reentry: some(4, fc.record({ on: from(["stop_loss"], ["target"], ["trail"], ["stop_loss", "target", "trail"], ["stop_loss", "target", "trail"]), times: from(1, 2, 5), mode: MODES })),
        include: some(1, fc.subarray([...era.dates], { minLength: 1 })),
        exclude: some(1, fc.subarray([...era.dates], { minLength: 1, maxLength: 1 })),
        stops: fc.record({ on_leg_stop: some(6, from("leg", "all", "move_to_cost", "move_to_cost")), on_leg_target: some(4, from("leg", "all")), stop_loss: some(3, small(era)), target: some(3, small(era)), trail: some(2, small(era).map((step) => ({ step }))) }),
        lock: some(3, locks(era)),
        premium: some(3, from("rise", "fall", "both").chain((which) => fc.tuple(moves, moves).map(([rise, fall]): Json => ({ ...(which !== "fall" && { rise }), ...(which !== "rise" && { fall }) })))),
        adjust: some(3, fc.array(roll, { minLength: 1, maxLength: 3 })),
        share: some(2, from(1, 0.5, 0.333, 0.2)),
        slice: some(2, fc.constant("freeze")),
        many: from(20, 61, 130),
        greeks: some(market.quirks.has("greek_columns") ? 3 : 0, fc.constant("data")),
        calm: from(true, true, false),
      })
      .map((more) => JSON.stringify(defined(assembled(parts, more))));
  });
}

const moves = fc.oneof(few.map((points): Json => ({ points })), from(0.5, 1, 2.5, 5, 10).map((pct): Json => ({ pct })));

function locks(era: Era): fc.Arbitrary<Json> {
  return fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 10 }), some(5, fc.tuple(few, few)), from("points", "rupees"), some(1, threshold(era))).map(([reach, share, steps, unit, other]): Json => {
    const value = (n: number): Json => ({ [unit]: unit === "rupees" ? n * era.lot : n });
    return { reach: value(reach / 2), keep: value(Math.floor((share * reach) / 11) / 2), ...(steps && { every: other ?? value(steps[0]), by: value(steps[1]) }) };
  });
}

type More = { readonly keys: readonly Json[]; readonly blocks?: readonly { readonly when: object; readonly legs: readonly object[] }[]; readonly calm: boolean; readonly many: number } & Json;

function assembled(parts: Parts & { readonly exit: Json; readonly fill: Json }, more: More): Json {
  const { at, legs, max_per_day, ...entry } = parts.entry;
  const sized = (list: readonly object[]) => withLegs(list, more.keys).map((leg) => (more.slice && !more.share ? { ...leg, lots: (leg as { lots: number }).lots * more.many } : leg));
  const fires = more.blocks ? {} : more.when ? { when: more.when, trigger: more.trigger, max_per_day: more.most ?? max_per_day } : more.times ? { at: more.times, max_per_day: more.most } : { at, max_per_day: more.most ?? max_per_day };
  return {
    ...parts,
    universe: { ...parts.universe, greeks: more.greeks },
    time: { ...parts.time, include: more.include, exclude: more.exclude },
    entry: { ...entry, ...fires, ...(more.blocks ? { trigger: more.trigger, max_per_day: more.most ?? max_per_day } : { legs: sized(legs) }), until: more.until, filter: more.filter, reentry: more.reentry },
    entries: more.blocks?.map((block) => ({ when: block.when, legs: sized(block.legs) })),
    // Without the stops of the simpler language the new ones come to their turn.
    exit: { ...(more.calm ? { at: parts.exit.at } : parts.exit), ...defined(more.stops as Json), when: more.exitWhen, lock: more.lock, premium: more.premium },
    adjust: more.adjust,
    fill: { ...parts.fill, max_share: more.share, slice: more.slice },
  };
}

/** Without the keys that have no value. */
function defined(value: Json): Json {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined).map(([key, part]) => [key, part !== null && typeof part === "object" && !Array.isArray(part) ? defined(part as Json) : part]));
}
