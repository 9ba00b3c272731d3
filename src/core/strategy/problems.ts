/** Schema findings as sentences: where, what was found, what is allowed, and the nearest right word. */
import type { z } from "../zod.ts";
import { listed, suggestion } from "./nearest.ts";
import { strategySchema } from "./schema.ts";
import { keysAt, valueAt } from "./schema-keys.ts";
import { pathText, placeOf, type Path, type PlacedText } from "./text.ts";
import type { StrategyProblem } from "./types.ts";

type Issue = z.core.$ZodIssue;

/** Whose findings they are. */
export interface Grammar {
  readonly schema: z.ZodType;
  /** Keys that stand beside the schema's own. */
  readonly extras: readonly string[];
}

const STRATEGY: Grammar = { schema: strategySchema, extras: ["params", "sweep"] };

export function describeIssues(issues: readonly Issue[], data: unknown, text: PlacedText, grammar: Grammar = STRATEGY): StrategyProblem[] {
  return issues.flatMap((issue) => settled(issue, data, [], grammar)).flatMap((issue) => {
    const path = issue.path as Path;
    if (issue.code === "unrecognized_keys") return issue.keys.map((key) => problem([...path, key], text, unknownKey(path, key, data, grammar)));
    return [problem(path, text, sentence(issue, valueAt(data, path), () => keysAt(grammar.schema, path, data)))];
  });
}

/** What zod says of a union that has no sentence of its own. */
const UNSAID = "Invalid input";

/** Of a union without a sentence of its own, what is wrong with the option that was meant: the one that fits furthest. */
function settled(issue: Issue, data: unknown, above: Path, grammar: Grammar): Issue[] {
  const path = [...above, ...(issue.path as Path)];
  if (issue.code !== "invalid_union" || issue.message !== UNSAID || issue.errors.length === 0) return [{ ...issue, path: [...path] }];
  const value = valueAt(data, path);
  if (value !== null && typeof value === "object" && !Array.isArray(value)) {
    const allowed = keysAt(grammar.schema, path, data);
    const keys = Object.keys(value).filter((key) => !allowed.includes(key));
    if (keys.length > 0) return [{ code: "unrecognized_keys", keys, path: [...path], message: "" }];
  }
  const options = issue.errors.map((issues) => issues.flatMap((inside) => settled(inside, data, path, grammar)));
  const reach = (option: readonly Issue[]) => Math.min(...option.map((inside) => inside.path.length));
  return options.reduce((a, b) => (reach(b) >= reach(a) ? b : a));
}

export function problem(path: Path, { places }: Partial<Pick<PlacedText, "places">>, message: string): StrategyProblem {
  const text = pathText(path);
  return { path: text, ...(places && placeOf(places, text)), message };
}

function unknownKey(path: Path, key: string, data: unknown, { schema, extras }: Grammar): string {
  const allowed = [...keysAt(schema, path, data), ...(path.length === 0 ? extras : [])];
  return `unknown key "${key}"; ${suggestion(key, allowed)}Allowed here: ${listed(allowed)}`;
}

/** @param keys those that are allowed at the place of the value */
function sentence(issue: Issue, value: unknown, keys: () => readonly string[]): string {
  const found = value === undefined ? "nothing here" : `found ${show(value)}`;
  switch (issue.code) {
    case "invalid_value": {
      const allowed = issue.values.map(String);
      const near = typeof value === "string" ? suggestion(value, allowed) : "";
      return value === undefined && !issue.message.startsWith("allowed") ? `is needed; allowed: ${allowed.join(", ")}` : `${found}; ${near}${issue.message.startsWith("allowed") ? issue.message : `allowed: ${allowed.join(", ")}`}`;
    }
    case "invalid_type":
      return value === undefined ? `is needed: ${kindName(issue.expected)}` : `${found}; allowed: ${kindName(issue.expected)}`;
    case "too_small":
      return `${found}; allowed: ${issue.inclusive ? "at least" : "more than"} ${issue.minimum}${unitOf(issue.origin, issue.minimum)}`;
    case "too_big":
      return `${found}; allowed: ${issue.inclusive ? "at most" : "less than"} ${issue.maximum}${unitOf(issue.origin, issue.maximum)}`;
    case "invalid_key":
      return `"${String(issue.path.at(-1))}" cannot stand here; ${issue.issues[0].message}`;
    case "invalid_union":
      // Of conditions the sentence names the nearest word itself.
      return `${found}; ${issue.message.startsWith("allowed") ? nearIn(issue, value, keys) : ""}${issue.message}`;
    default:
      return `${found}; ${issue.message}`;
  }
}

/** The nearest right word for the one that is misspelt in a value which is none of several things. */
function nearIn(issue: Issue, value: unknown, keys: () => readonly string[]): string {
  if (value !== null && typeof value === "object" && !Array.isArray(value)) {
    const allowed = keys();
    const unknown = Object.keys(value).find((key) => !allowed.includes(key));
    if (unknown !== undefined) return suggestion(unknown, allowed);
  }
  const words = new Map<string, Set<string>>();
  for (const { path, allowed } of wordsIn(issue)) {
    const word = valueAt(value, path);
    if (typeof word !== "string") continue;
    const known = words.get(word) ?? new Set<string>();
    for (const one of allowed) known.add(one);
    words.set(word, known);
  }
  for (const [word, allowed] of words) if (!allowed.has(word)) return suggestion(word, [...allowed]);
  return "";
}

/** The words that the options of a union take, and where in the value. */
function wordsIn(issue: Issue, above: Path = []): { readonly path: Path; readonly allowed: readonly string[] }[] {
  const at = (inside: Issue): Path => [...above, ...(inside.path as Path)];
  if (issue.code !== "invalid_union") return [];
  return issue.errors.flat().flatMap((inside) => {
    if (inside.code === "invalid_value") return [{ path: at(inside), allowed: inside.values.map(String) }];
    if (inside.code === "custom" && Array.isArray(inside.params?.words)) return [{ path: at(inside), allowed: inside.params.words as string[] }];
    return wordsIn(inside, at(inside));
  });
}

function unitOf(origin: string, number: number | bigint): string {
  if (origin === "string") return number === 1 ? " character" : " characters";
  return origin === "array" ? (number === 1 ? " entry" : " entries") : "";
}

const KIND_NAMES: Record<string, string> = { string: "a text", number: "a number", int: "a whole number", object: "a set of keys", record: "a set of keys", array: "a list", tuple: "a list", boolean: "true or false" };

function kindName(expected: string): string {
  return KIND_NAMES[expected] ?? expected;
}

function show(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 80 ? `${json.slice(0, 77)}…` : json;
}
