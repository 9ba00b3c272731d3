/** Which of the forms of the language a value has. What has none of them is shown as it stands, and changed as text only. */
import type { FieldKind } from "./fields.ts";
import { isRule } from "./rule.ts";

export type Scalar = string | number | boolean;
export type Keys = Readonly<Record<string, unknown>>;

export const isScalar = (value: unknown): value is Scalar => typeof value === "string" || typeof value === "number" || typeof value === "boolean";
export const isKeys = (value: unknown): value is Keys => value !== null && typeof value === "object" && !Array.isArray(value);
/** Absent, null and `none` mean the same. */
export const isNone = (value: unknown): boolean => value === undefined || value === null || value === "none";
/** A `$NAME`. */
export const isName = (value: unknown): value is string => typeof value === "string" && value.startsWith("$");

/** A single value counts as a list of one. */
export function listOf(value: unknown): readonly unknown[] {
  if (isNone(value)) return [];
  return Array.isArray(value) ? value : [value];
}

export const UNITS = ["pct", "points", "rupees"] as const;
export const MOVE_UNITS = ["pct", "points"] as const;

/** The one key of an amount such as `{pct: 30}`, `none` without one; undefined for what is no such amount. */
export function unitOf(value: unknown, units: readonly string[] = UNITS): string | undefined {
  if (isNone(value)) return "none";
  if (!isKeys(value)) return undefined;
  const [unit, ...more] = Object.keys(value);
  return more.length === 0 && units.includes(unit) && isLeaf(value[unit]) ? unit : undefined;
}

export type StrikeForm = "none" | "atm" | "strike" | "premium" | "range" | "delta" | "theta" | "straddle_width";

export function strikeForm(value: unknown): StrikeForm | undefined {
  if (isNone(value)) return "none";
  if (!isKeys(value)) return undefined;
  const keys = Object.keys(value);
  if (keys.length === 1 && (keys[0] === "atm" || keys[0] === "strike" || keys[0] === "delta" || keys[0] === "straddle_width")) return isLeaf(value[keys[0]]) ? keys[0] : undefined;
  if (keys.length === 1 && keys[0] === "premium") return isLeaf(value.premium) ? "premium" : isPair(value.premium, ["min", "max"]) ? "range" : undefined;
  return "theta" in value && keys.every((key) => (key === "theta" || key === "within") && isLeaf(value[key])) ? "theta" : undefined;
}

export type WaitForm = "none" | "pct" | "points" | "break";

export function waitForm(value: unknown): WaitForm | undefined {
  if (isPair(value, ["break", "minutes"])) return "break";
  return unitOf(value, MOVE_UNITS) as WaitForm | undefined;
}

export type CostForm = "nse" | "none" | "own";

export function costForm(value: unknown): CostForm | undefined {
  if (value === undefined) return "nse";
  if (!isKeys(value)) return undefined;
  const keys = Object.keys(value);
  if (keys.length === 1 && value.preset === "nse") return "nse";
  if (keys.length === 1 && value.none === true) return "none";
  return keys.length > 0 && keys.every((key) => ["per_lot", "per_order", "taxes_bps"].includes(key) && isLeaf(value[key])) ? "own" : undefined;
}

/** Whether the builder shows all of a value that stands where a control of this kind is. */
export function isShown(kind: FieldKind, value: unknown): boolean {
  switch (kind) {
    case "words":
    case "dates":
    case "clocks":
    case "windows":
    case "days":
      return listOf(value).every(isScalar);
    case "range":
      return isNone(value) || (Array.isArray(value) && value.length === 2 && value.every(isLeaf));
    case "threshold":
    case "activation":
      return unitOf(value) !== undefined;
    case "move":
      return unitOf(value, MOVE_UNITS) !== undefined;
    case "strike":
      return strikeForm(value) !== undefined;
    case "wait":
      return waitForm(value) !== undefined;
    case "rebalance":
      return isLeaf(value) || (isKeys(value) && Object.keys(value).every((key) => (key === "every" || key === "align") && isLeaf(value[key])));
    case "costs":
      return costForm(value) !== undefined;
    case "condition":
      return isNone(value) || isRule(value);
    case "group":
      return isNone(value) || isKeys(value);
    default:
      return isLeaf(value);
  }
}

/** null stands for a number that is still to be written. */
function isLeaf(value: unknown): boolean {
  return value === undefined || value === null || isScalar(value);
}

function isPair(value: unknown, keys: readonly string[]): boolean {
  return isKeys(value) && Object.keys(value).length === keys.length && keys.every((key) => key in value && isLeaf(value[key]));
}
