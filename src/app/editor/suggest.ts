/** What may be written at a place of a strategy, or of another file with a schema, and what stands there means: both from that schema. */
import { parseDocument, visit, type Node, type Pair } from "yaml";
import { ALIASES, METRICS, metricInfo, type AliasName, type MetricName } from "../../core/strategy/metrics.ts";
import { FILE_SCHEMA, factsAt } from "../../core/strategy/schema-facts.ts";
import { valueAt } from "../../core/strategy/schema-keys.ts";
import type { z } from "../../core/zod.ts";
import { pathOf, spotAt } from "./spot.ts";

export interface Suggestion {
  readonly label: string;
  /** What is put into the text. */
  readonly insert: string;
  readonly kind: "key" | "word" | "name";
  readonly help?: string;
}

export interface Suggestions {
  /** Where the word that they replace begins. */
  readonly from: number;
  readonly list: readonly Suggestion[];
}

export function suggestAt(text: string, at: number, schema: z.ZodType = FILE_SCHEMA): Suggestions | undefined {
  const spot = spotAt(text, at);
  if (!spot) return undefined;
  const facts = factsAt(spot.path, spot.data, schema);
  const here = valueAt(spot.data, spot.path);
  const taken = here !== null && typeof here === "object" && !Array.isArray(here) ? Object.keys(here) : [];
  const keys = facts.keys.filter((key) => !taken.includes(key)).map((key): Suggestion => ({
    label: key, kind: "key", insert: spot.startsKeys ? `${key}: ` : `{ ${key}: `, help: metricHelp(key) ?? factsAt([...spot.path, key], spot.data, schema).help,
  }));
  if (spot.kind === "key") return { from: spot.from, list: keys };
  const words = facts.words.map((word): Suggestion => ({ label: word, kind: "word", insert: word, help: metricHelp(word) }));
  return { from: spot.from, list: [...words, ...keys, ...namesIn(spot.data)] };
}

/** What `$NAME`s the text knows so far. */
function namesIn(data: unknown): Suggestion[] {
  return ["params", "sweep"].flatMap((section) => {
    const names = valueAt(data, [section]);
    if (names === null || typeof names !== "object") return [];
    return Object.entries(names).map(([name, value]): Suggestion => ({ label: `$${name}`, insert: `$${name}`, kind: "name", help: `${section}: ${JSON.stringify(value)}` }));
  });
}

function metricHelp(word: string): string | undefined {
  if (word in ALIASES) return `${ALIASES[word as AliasName].metric} of ${Object.values(ALIASES[word as AliasName].args)[0]}: ${metricInfo(ALIASES[word as AliasName].metric).help}`;
  return word in METRICS ? metricInfo(word as MetricName).help : undefined;
}

export interface Meaning {
  readonly from: number;
  readonly to: number;
  readonly word: string;
  readonly help: string;
}

/** The help of the key or metric that stands at a position; undefined where there is none. */
export function meaningAt(text: string, at: number, schema: z.ZodType = FILE_SCHEMA): Meaning | undefined {
  const document = parseDocument(text, { uniqueKeys: false, logLevel: "silent" });
  let found: Meaning | undefined;
  visit(document, {
    Scalar(key, node, ancestors) {
      const [from, to] = node.range ?? [0, 0];
      if (at < from || at >= to || typeof node.value !== "string") return undefined;
      const help = key === "key" ? factsAt(pathOf([...ancestors, node] as readonly (Node | Pair)[]), document.toJS(), schema).help : metricHelp(node.value);
      if (help !== undefined) found = { from, to, word: node.value, help };
      return visit.BREAK;
    },
  });
  return found;
}
