/** The parts of a strategy: a sweep may change what day a variant wants, not only what it does on it. */
import { blocksOf } from "./compile.ts";
import type { ParsedStrategy, Strategy } from "./types.ts";

/** Variants that agree on the universe and on the dates and windows: a date is run for all of them or for none. */
export interface Part {
  /** Indexes of the variants, ascending. */
  readonly variants: readonly number[];
  readonly universe: Strategy["universe"];
  /** Equal for parts of the same universe. */
  readonly universeKey: string;
  readonly time: Strategy["time"];
  /** The swept values that tell the part from the others, `EXPIRY=next`. */
  readonly words: string;
}

const known = new WeakMap<ParsedStrategy, readonly Part[]>();
/** So many parts are named one by one. */
const PARTS_NAMED = 3;

/** In the order of their first variants. The same answer for the same strategy object. */
export function partsOf(strategy: ParsedStrategy): readonly Part[] {
  let parts = known.get(strategy);
  if (!parts) known.set(strategy, (parts = split(strategy)));
  return parts;
}

function split({ variants }: ParsedStrategy): readonly Part[] {
  const groups = new Map<string, number[]>();
  variants.forEach(({ strategy }, index) => {
    const key = JSON.stringify([universeKey(strategy), strategy.time]);
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  });
  return [...groups.values()].map((group): Part => {
    const { strategy, swept } = variants[group[0]];
    const own = Object.entries(swept).filter(([name, value]) => group.every((index) => variants[index].swept[name] === value) && variants.some((variant) => variant.swept[name] !== value));
    const words = own.length > 0 ? own.map(([name, value]) => `${name}=${value}`).join(" ") : group.map((index) => variants[index].name).join(" ");
    return { variants: group, universe: strategy.universe, universeKey: universeKey(strategy), time: strategy.time, words };
  });
}

/** What decides whether a universe can be run on a date: itself, and the contracts and rules that single legs ask for. */
function universeKey(strategy: Strategy): string {
  const legs = blocksOf(strategy).flatMap(({ legs: own }) => own.map(({ cp, expiry }) => (cp === "FUT" ? cp : expiry)));
  return JSON.stringify([strategy.universe, [...new Set(legs)].sort(), strategy.fill.slice]);
}

/** Which of the strategy's parts are meant, in words; undefined when all are. */
export function partWords(parts: readonly Part[], chosen: readonly number[]): string | undefined {
  if (chosen.length === parts.length) return undefined;
  const named = chosen.slice(0, PARTS_NAMED).map((part) => parts[part].words).join(", ");
  return chosen.length > PARTS_NAMED ? `${named} and ${chosen.length - PARTS_NAMED} more` : named;
}
