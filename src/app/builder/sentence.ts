/** A condition in plain English while it is being built. */
import { readCondition } from "../../core/strategy/condition.ts";
import { conditionSchema } from "../../core/strategy/condition-schema.ts";
import { conditionWords } from "../../core/strategy/condition-words.ts";
import { substitute } from "../../core/strategy/sweep.ts";
import type { ParamValue, StrategyProblem } from "../../core/strategy/types.ts";
import { isKeys, isScalar, type Keys } from "./forms.ts";

/** undefined where the condition is not finished. A swept name is said with its first value. */
export function sentenceOf(condition: unknown, data: Keys): string | undefined {
  const missing: StrategyProblem[] = [];
  const written = substitute(condition, firstValues(data), { data, places: new Map() }, missing);
  const read = conditionSchema.safeParse(written);
  return missing.length === 0 && read.success ? conditionWords(readCondition(read.data)) : undefined;
}

function firstValues(data: Keys): Record<string, ParamValue> {
  const named = [data.params, data.sweep].flatMap((section) => (isKeys(section) ? Object.entries(section) : []));
  return Object.fromEntries(named.flatMap(([name, values]) => {
    const first = Array.isArray(values) ? values[0] : isKeys(values) ? values.from : values;
    return isScalar(first) ? [[name, first]] : [];
  }));
}

/** The names of axes that a condition depends on. */
export function axesIn(condition: unknown, data: Keys): string[] {
  const text = JSON.stringify(condition) ?? "";
  return Object.keys(isKeys(data.sweep) ? data.sweep : {}).filter((name) => text.includes(`"$${name}"`));
}
