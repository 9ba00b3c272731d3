/** Random strategies of the whole language: those of part 1 with conditions, leg stops, selectors and depth. */
import fc from "fast-check";
import { clockOf, secondOf } from "../reference/dates.ts";
import { conditionFor, type Setting } from "./conditions.ts";
import type { Market } from "./market.ts";
import { maybe, oneIn, strategyFor, threshold, type StrategyText } from "./strategies.ts";

export interface Parts {
  readonly universe: object;
  readonly time: { readonly window: readonly string[] };
  readonly entry: Readonly<Record<string, unknown>> & { readonly legs: readonly { readonly strike?: object }[] };
  readonly exit: object;
  readonly fill: object;
}

/** What conditions of a strategy on a market may be about. */
export function settingOf({ era, files }: Market, parts: Parts, legs: number, facts = false): Setting {
  const has = (pattern: RegExp) => files.some(({ path, rows }) => pattern.test(path) && rows.some((row) => (row.price ?? 0) > 0));
  const windows = parts.time.window.map((window) => window.split("-").map(secondOf));
  const [[start]] = windows;
  const [from, to] = era.stretches.findLast(([first]) => first <= start) ?? era.stretches[0];
  // A window after the close, which few sessions hold, gets no turn.
  const end = Math.max(...windows.map(([, last]) => last).filter((last) => last <= to));
  return { era, from, to, start, end, legs, future: has(/(?:fut|-I)\.parquet$/), vix: has(/india_vix/), facts };
}

/** With a long cooldown: the second window's time runs out before the first window's position is over. */
const HURRIED = { patience: 5 };
/** What is decided after the last rows finds no price any more. */
const SLOW = { latency: 5, ttl: 1 };

/** Whatever a market has, its strategies may ask for; `facts` of days too, of which few markets have enough dates. */
export function languageFor(market: Market, facts = false): fc.Arbitrary<StrategyText> {
  const { era } = market;
  const selector = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 3 * era.step }).map((k): object => ({ premium: 0.5 + k / 2 })) },
    { weight: 6, arbitrary: fc.constantFrom(0.05, 0.1, 0.25, 0.3, 0.5, 0.5, 0.7).map((delta) => ({ delta })) },
    // Not listed.
    { weight: 1, arbitrary: fc.constantFrom(-5, 5).map((k) => ({ strike: era.center + k * era.step })) },
  );
  return strategyFor(era).chain((text) => {
    const parts = JSON.parse(text) as Parts;
    const legs = fc.tuple(...parts.entry.legs.map((leg) => fc.record({ strike: maybe(3, selector), stop_loss: maybe(3, threshold(era)), target: maybe(3, threshold(era)) }).map(({ strike, ...rest }) => ({ ...leg, ...rest, ...(strike === "none" ? {} : { strike }) }))));
    const setting = settingOf(market, parts, 0, facts);
    const { to, end } = setting;
    return fc
      .record({
        legs,
        when: maybe(7, conditionFor(setting)),
        exitWhen: maybe(8, conditionFor(settingOf(market, parts, parts.entry.legs.length, facts))),
        trigger: fc.constantFrom("level", "level", "edge"),
        max_per_day: fc.constantFrom(1, 2, 3, 10),
        depth: fc.constantFrom(false, false, true),
        hurried: fc.constantFrom(true, true, true, false),
        slow: oneIn(4),
        endsAt: oneIn(3),
        held: oneIn(3),
      })
      .map(({ legs: withStops, when, exitWhen, trigger, max_per_day, depth, hurried, slow, endsAt, held }) => {
        const isHurried = hurried && when === "none";
        return JSON.stringify({
          ...parts,
          time: slow ? { window: parts.time.window.map((window) => window.replace(`-${clockOf(end)}`, `-${clockOf(to)}`)) } : parts.time,
          entry: { ...parts.entry, ...(when === "none" ? {} : { at: "none", when, trigger, max_per_day }), ...(isHurried && { cooldown: 70 }), legs: slow ? parts.entry.legs : withStops },
          exit: slow ? {} : { ...parts.exit, ...(endsAt && { at: parts.time.window[0].split("-")[1] }), when: held && exitWhen !== "none" ? { all: [{ gte: ["HOLD_SECS", 45] }, exitWhen] } : exitWhen },
          fill: { ...parts.fill, ...(depth && { model: "depth" }), ...(isHurried && HURRIED), ...(slow && SLOW) },
        });
      });
  });
}

/** Many contracts chosen by delta, every few seconds anew: two are equally near only once in thousands of choices. */
export function deltasFor({ era }: Market): fc.Arbitrary<StrategyText> {
  const leg = fc.record({ cp: fc.constantFrom("CE", "PE"), lots: fc.constantFrom(1, -1), strike: fc.integer({ min: 20, max: 80 }).map((k) => ({ delta: k / 100 })) });
  return fc.tuple(strategyFor(era), fc.array(leg, { minLength: 8, maxLength: 10 })).map(([text, legs]) => {
    const { name, universe, time } = JSON.parse(text) as Parts & { readonly name: string };
    return JSON.stringify({
      name, universe, time,
      entry: { when: { gt: ["SPOT", 0] }, legs, max_per_day: 100 },
      exit: { when: { gte: ["HOLD_SECS", 2] } },
      fill: { model: "ltp", latency: 0, ttl: 6 },
      costs: { none: true },
    });
  });
}
