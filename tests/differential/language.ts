/** Random strategies of the whole language: those of part 1 with conditions, leg stops, selectors and depth. */
import fc from "fast-check";
import { secondOf } from "../reference/dates.ts";
import { conditionFor, type Setting } from "./conditions.ts";
import type { Market } from "./market.ts";
import { maybe, strategyFor, threshold, type StrategyText } from "./strategies.ts";

export interface Parts {
  readonly universe: object;
  readonly time: { readonly window: readonly string[] };
  readonly entry: Readonly<Record<string, unknown>> & { readonly legs: readonly { readonly strike?: object }[] };
  readonly exit: object;
  readonly fill: object;
}

/** What conditions of a strategy on a market may be about. */
export function settingOf({ era, files }: Market, parts: Parts, legs: number): Setting {
  const has = (pattern: RegExp) => files.some(({ path, rows }) => pattern.test(path) && rows.some((row) => (row.price ?? 0) > 0));
  const start = secondOf(parts.time.window[0].split("-")[0]);
  const [from, to] = era.stretches.findLast(([first]) => first <= start) ?? era.stretches[0];
  return { era, from, to, legs, future: has(/(?:fut|-I)\.parquet$/), vix: has(/india_vix/) };
}

/** Whatever a market has, its strategies may ask for. */
export function languageFor(market: Market): fc.Arbitrary<StrategyText> {
  const { era } = market;
  const selector = fc.oneof(
    fc.integer({ min: 0, max: 3 * era.step }).map((k) => ({ premium: 0.5 + k / 2 })),
    fc.constantFrom(0.05, 0.1, 0.25, 0.3, 0.5, 0.5, 0.7).map((delta) => ({ delta })),
  );
  return strategyFor(era).chain((text) => {
    const parts = JSON.parse(text) as Parts;
    const legs = fc.tuple(...parts.entry.legs.map((leg) => fc.record({ strike: maybe(3, selector), stop_loss: maybe(3, threshold(era)), target: maybe(3, threshold(era)) }).map(({ strike, ...rest }) => ({ ...leg, ...rest, ...(strike === "none" ? {} : { strike }) }))));
    return fc
      .record({
        legs,
        when: maybe(8, conditionFor(settingOf(market, parts, 0))),
        exitWhen: maybe(5, conditionFor(settingOf(market, parts, parts.entry.legs.length))),
        trigger: fc.constantFrom("level", "edge"),
        max_per_day: fc.constantFrom(1, 2, 3, 10),
        depth: fc.constantFrom(false, false, true),
      })
      .map(({ legs: withStops, when, exitWhen, trigger, max_per_day, depth }) =>
        JSON.stringify({
          ...parts,
          entry: { ...parts.entry, ...(when === "none" ? {} : { at: "none", when, trigger, max_per_day }), legs: withStops },
          exit: { ...parts.exit, when: exitWhen },
          fill: depth ? { ...parts.fill, model: "depth" } : parts.fill,
        }),
      );
  });
}
