/** Schema findings as sentences: where, what was found, what is allowed, and the nearest right word. */
import type { z } from "zod";
import { NOT_YET, strategySchema } from "./schema.ts";
import { pathText, type Path, type PlacedText } from "./text.ts";
import type { StrategyProblem } from "./types.ts";

type Issue = z.core.$ZodIssue;

/** `params` and `sweep` stand beside the schema's own keys. */
const TOP_LEVEL_EXTRAS = ["params", "sweep"];

export function describeIssues(issues: readonly Issue[], data: unknown, text: PlacedText): StrategyProblem[] {
  return issues.flatMap((issue) => {
    const path = issue.path as Path;
    if (issue.code === "unrecognized_keys") return issue.keys.map((key) => problem([...path, key], text, unknownKey(path, key)));
    return [problem(path, text, sentence(issue, valueAt(data, path)))];
  });
}

export function problem(path: Path, text: PlacedText, message: string): StrategyProblem {
  const place = text.place(path);
  return { path: pathText(path), line: place?.line, column: place?.column, message };
}

function unknownKey(path: Path, key: string): string {
  const names = path.filter((part) => typeof part === "string");
  if (NOT_YET.includes([...names, key].join("."))) return `"${key}" is part of the language, but this version does not run it yet; take it out to run the strategy`;
  const allowed = [...keysAt(path), ...(path.length === 0 ? TOP_LEVEL_EXTRAS : [])];
  const near = nearest(key, allowed);
  return `unknown key "${key}"${near ? `; did you mean "${near}"?` : ""} Allowed here: ${allowed.join(", ")}`;
}

function sentence(issue: Issue, value: unknown): string {
  const found = value === undefined ? "nothing here" : `found ${show(value)}`;
  switch (issue.code) {
    case "invalid_value": {
      const allowed = issue.values.map(String);
      const near = typeof value === "string" ? nearest(value, allowed) : undefined;
      return value === undefined && !issue.message.startsWith("allowed") ? `is needed; allowed: ${allowed.join(", ")}` : `${found}; ${near ? `did you mean "${near}"? ` : ""}${issue.message.startsWith("allowed") ? issue.message : `allowed: ${allowed.join(", ")}`}`;
    }
    case "invalid_type":
      return value === undefined ? `is needed: ${kindName(issue.expected)}` : `${found}; allowed: ${kindName(issue.expected)}`;
    case "too_small":
      return `${found}; allowed: ${issue.inclusive ? "at least" : "more than"} ${issue.minimum}${unitOf(issue.origin)}`;
    case "too_big":
      return `${found}; allowed: ${issue.inclusive ? "at most" : "less than"} ${issue.maximum}${unitOf(issue.origin)}`;
    default:
      return `${found}; ${issue.message}`;
  }
}

function unitOf(origin: string): string {
  return origin === "string" ? " characters" : origin === "array" ? " entries" : "";
}

const KIND_NAMES: Record<string, string> = { string: "a text", number: "a number", int: "a whole number", object: "a set of keys", array: "a list", tuple: "a list", boolean: "true or false" };

function kindName(expected: string): string {
  return KIND_NAMES[expected] ?? expected;
}

function show(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 80 ? `${json.slice(0, 77)}…` : json;
}

function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value !== null && typeof value === "object" ? (value as Record<string | number, unknown>)[key] : undefined), data);
}

/** The keys that the schema knows at a path; empty where it has none. */
function keysAt(path: Path): string[] {
  let node: unknown = strategySchema;
  for (const part of path) {
    const definition = inner(node);
    if (!definition) return [];
    node = typeof part === "number" ? definition.element : definition.shape?.[part];
  }
  return Object.keys(inner(node)?.shape ?? {});
}

interface Definition {
  readonly type: string;
  readonly innerType?: unknown;
  readonly in?: unknown;
  readonly options?: readonly unknown[];
  readonly shape?: Record<string, unknown>;
  readonly element?: unknown;
}

/** Looks through defaults, transforms and unions to the object or list inside. */
function inner(node: unknown): Definition | undefined {
  const definition = (node as { _zod?: { def: Definition } } | undefined)?._zod?.def;
  if (!definition || definition.shape || definition.element) return definition;
  if (definition.innerType) return inner(definition.innerType);
  if (definition.in) return inner(definition.in);
  return definition.options?.map(inner).find((option) => option?.shape || option?.element);
}

/** The allowed word closest to a misspelt one, if any is close. */
export function nearest(word: string, allowed: readonly string[]): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of allowed) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best;
}

/** Damerau–Levenshtein distance without repeated edits ("optimal string alignment"). */
function editDistance(a: string, b: string): number {
  const rows = Array.from({ length: a.length + 1 }, (_, i) => Array.from({ length: b.length + 1 }, (_, j) => (i === 0 ? j : j === 0 ? i : 0)));
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      rows[i][j] = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) rows[i][j] = Math.min(rows[i][j], rows[i - 2][j - 2] + 1);
    }
  }
  return rows[a.length][b.length];
}
