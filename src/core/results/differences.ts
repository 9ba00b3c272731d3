import { stringify } from "yaml";

/** Where two values of JSON differ. */
export interface Difference {
  /** Path of keys, `exit.stop_loss.pct`. */
  readonly path: string;
  /** As a strategy is written; undefined where that side has nothing. */
  readonly a: string | undefined;
  readonly b: string | undefined;
}

/** In the order of A's keys, then B's. Equal values give nothing. */
export function differences(a: unknown, b: unknown, path = ""): readonly Difference[] {
  if (isTree(a) && isTree(b) && Array.isArray(a) === Array.isArray(b)) {
    const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
    const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
    return keys.flatMap((key) => differences(left[key], right[key], Array.isArray(a) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`));
  }
  return Object.is(a, b) ? [] : [{ path, a: textOf(a), b: textOf(b) }];
}

function isTree(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

function textOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (value === null) return "none";
  return typeof value === "string" ? value : stringify(value, { collectionStyle: "flow", lineWidth: 0 }).trimEnd();
}
