/** Texts that nobody means well with: made up, and made of sound ones. */
import fc from "fast-check";

/** `npm test` draws the same cases every time; `npm run test:soak` others, and many more of them. */
export function cases(runs: number): { readonly seed: number; readonly numRuns: number } {
  return { seed: Number(process.env.FUZZ_SEED ?? 1), numRuns: runs * Number(process.env.FUZZ_TIMES ?? 1) };
}

/** What breaks out of a place where it is put without care. */
export const HOSTILE = [
  "<img src=x onerror=alert(1)>", "<script>alert(1)</script>", "</textarea><svg onload=alert(1)>", "javascript:alert(1)", "\"><b>", "${alert(1)}", "{{7*7}}", "__proto__", "constructor", "prototype", "hasOwnProperty", "toString",
  "../../etc/passwd", "/etc/passwd", "C:\\windows", "..\\..\\x", "a/../../b", "\u0000", "\u202e", "\ufeff", "\u2028", "\ud800", "'; DROP TABLE trades; --", "=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "%00", "%zz", "%", "~~~~~",
  "1e999", "-0", "NaN", "Infinity", "9".repeat(40), "0x10", "1_000", "१२", "é".normalize("NFD"), "&a [*a]", "!!js/function 'x'", "<<: *a", "? ", "| ", "---\n", "\"", "'", ",,,,", "\n\n\n", "  ", "[", "{", "}", "]", ":", "#",
] as const;

const hostile = fc.constantFrom(...HOSTILE);
const anyText = fc.oneof({ weight: 2, arbitrary: hostile }, { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) }, { weight: 1, arbitrary: fc.string({ unit: "grapheme", maxLength: 40 }) });

/** Sound texts with pieces cut out, put in, doubled and swapped. */
export function spoilt(sound: readonly string[]): fc.Arbitrary<string> {
  const edit = fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.nat({ max: 12 }), put: fc.oneof(fc.constant(""), anyText), twice: fc.boolean() });
  return fc.record({ from: fc.constantFrom(...sound), edits: fc.array(edit, { minLength: 1, maxLength: 4 }) }).map(({ from, edits }) =>
    edits.reduce((text, { at, length, put, twice }) => {
      const place = Math.floor(at * text.length);
      const cut = text.slice(place, place + length);
      return text.slice(0, place) + put + (twice ? cut + cut : "") + text.slice(place + length);
    }, from));
}

/** Any JSON, with keys that reach for prototypes, built around the keys that a format knows. */
export function anyJson(keys: readonly string[]): fc.Arbitrary<string> {
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthSize: "small" },
      fc.oneof(anyText, fc.double(), fc.integer(), fc.boolean(), fc.constant(null)),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.array(fc.tuple(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...keys) }, { weight: 1, arbitrary: anyText }), tie("value")), { maxLength: 5 }),
    ),
  }));
  return value.map((made) => jsonText(made));
}

/** Lists of pairs become objects, whatever their keys: `__proto__` is a key like any other in a text. */
function jsonText(value: unknown): string {
  if (!Array.isArray(value)) return JSON.stringify(value) ?? "null";
  const isPairs = value.length > 0 && value.every((item) => Array.isArray(item) && item.length === 2 && typeof item[0] === "string");
  return isPairs ? `{${value.map(([key, inside]: [string, unknown]) => `${JSON.stringify(key)}:${jsonText(inside)}`).join(",")}}` : `[${value.map(jsonText).join(",")}]`;
}

export { anyText };
