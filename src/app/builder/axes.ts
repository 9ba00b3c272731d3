/** The axes of a sweep: which numbers a strategy has, and how one becomes an axis. */
import { axisSize } from "../../core/strategy/sweep.ts";
import type { Path } from "../../core/strategy/text.ts";
import { parseClock } from "../../core/time.ts";
import { withKey, withoutValue, withScalars, withValue } from "./document.ts";
import { isKeys, type Keys, type Scalar } from "./forms.ts";

export interface Sweepable {
  readonly path: Path;
  /** `leg 1 stop loss pct` */
  readonly words: string;
  readonly value: number | string;
}

/** Sections whose scalars are no part of what a variant trades. */
const APART = new Set(["params", "sweep", "version", "name"]);

/** Numbers and times of a strategy, in the order of the text. */
export function sweepables(data: Keys): Sweepable[] {
  const found: Sweepable[] = [];
  const visit = (value: unknown, path: Path): void => {
    if (typeof value === "number" || (typeof value === "string" && parseClock(value) !== undefined)) found.push({ path, words: pathWords(path), value });
    else if (Array.isArray(value)) value.forEach((item, i) => visit(item, [...path, i]));
    else if (isKeys(value)) for (const [key, inside] of Object.entries(value)) visit(inside, [...path, key]);
  };
  for (const [key, value] of Object.entries(data)) if (!APART.has(key)) visit(value, [key]);
  return found;
}

const SINGULAR: Readonly<Record<string, string>> = { legs: "leg", entries: "entry", adjust: "rule" };

function pathWords(path: Path): string {
  return path.flatMap((part, i) => (typeof part === "number" ? [`${SINGULAR[path[i - 1]] ?? ""} ${part + 1}`.trim()] : typeof path[i + 1] === "number" && SINGULAR[part] ? [] : [part.replaceAll("_", " ")])).join(" · ");
}

const UNIT_KEYS = new Set(["pct", "points", "rupees", "args", "atm"]);

/** A name that the strategy does not have yet, after the key that says most. */
export function nameFor(path: Path, data: Keys): string {
  const words = path.filter((part) => typeof part === "string");
  const word = words.findLast((part) => !UNIT_KEYS.has(part)) ?? words[words.length - 1] ?? "x";
  const name = word.toUpperCase().replace(/[^A-Z0-9_]/g, "_").replace(/^(?=\d)/, "_");
  const taken = new Set(["params", "sweep"].flatMap((section) => (isKeys(data[section]) ? Object.keys(data[section]) : [])));
  for (let i = 1; ; i++) {
    const tried = i === 1 ? name : `${name}_${i}`;
    if (!taken.has(tried)) return tried;
  }
}

/** The value at a path becomes the first of an axis of its own. */
export function withAxis(text: string, path: Path, value: Scalar, data: Keys): string {
  const name = nameFor(path, data);
  return withValue(withValue(text, path, `$${name}`), ["sweep", name], [value]);
}

/** The axis goes, and its first value stands wherever its name did. */
export function withoutAxis(text: string, section: "sweep" | "params", name: string, data: Keys): string {
  const values = isKeys(data[section]) ? data[section][name] : undefined;
  const first = Array.isArray(values) ? values[0] : isKeys(values) ? values.from : values;
  const replaced = withScalars(text, (value) => (value === `$${name}` ? first : value));
  return withoutValue(replaced, [section, name]);
}

const NAME = /^[A-Za-z_]\w*$/;

/** What is wrong with a name for an axis; undefined where nothing is. */
export function nameProblem(name: string, data: Keys): string | undefined {
  if (!NAME.test(name)) return `found "${name}"; allowed: letters, digits and _, not a digit first`;
  return ["params", "sweep"].some((section) => isKeys(data[section]) && name in data[section]) ? `"${name}" is taken; give the other one another name first` : undefined;
}

/** The axis, and the fixed value of its name where it has one, have another name wherever they are used. */
export function withRenamed(text: string, name: string, next: string): string {
  const used = withScalars(text, (value) => (value === `$${name}` ? `$${next}` : value));
  return withKey(withKey(used, ["params"], name, next), ["sweep"], name, next);
}

/** Values of an axis as they are written; 0 where it is not readable. */
export function sizeOfAxis(axis: unknown): number {
  if (Array.isArray(axis)) return axis.length;
  if (!isKeys(axis)) return 0;
  const { from, to, step } = axis;
  return typeof from === "number" && typeof to === "number" && typeof step === "number" && step > 0 && from <= to ? axisSize({ from, to, step }) : 0;
}

/** What a typed text means as a value: a number where it is one. */
export function scalarOf(typed: string): number | string {
  const trimmed = typed.trim();
  return trimmed !== "" && Number.isFinite(Number(trimmed)) ? Number(trimmed) : trimmed;
}

/** Whether the name is used anywhere. */
export function usesOf(name: string, data: Keys): number {
  return JSON.stringify(data).split(`"$${name}"`).length - 1;
}


