import type { Second } from "../../../core/time.ts";

/** Words of a condition in a second, by its number in a recording. */
export const TRUTH = ["false", "true", "unknown"] as const;

const TRUE = TRUTH.indexOf("true");

/** Stretches of seconds in which a condition was true, ends excluded. @param truth by second from `open`, as places in TRUTH */
export function trueStretches(truth: Uint8Array, open: Second): readonly (readonly [from: Second, to: Second])[] {
  const found: [Second, Second][] = [];
  for (let s = truth.indexOf(TRUE); s >= 0; s = truth.indexOf(TRUE, s)) {
    const from = s;
    while (truth[s] === TRUE) s++;
    found.push([open + from, open + s]);
  }
  return found;
}
