/** YAML or JSON text to plain data that still knows its places. */
import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from "yaml";
import { StrategyError, type Place, type Places, type StrategyProblem } from "./types.ts";

const MOST_CHARACTERS = 262_144;
const MOST_LEVELS = 32;
const MOST_VALUES = 20_000;
/** Commas, colons, brackets and line ends: what makes a parser work. A value needs at most two. */
const MOST_MARKS = 2 * MOST_VALUES;
const MARKS = /[,:[\]{}\n]/g;
/** A text that is no YAML can have a mistake at every letter. */
const MOST_ERRORS_LISTED = 10;
const FORBIDDEN_KEYS = new Set(["__proto__", "constructor", "prototype"]);

export type Path = readonly (string | number)[];

/** A parsed text: its data, and where in the text they stand. */
export interface PlacedText {
  readonly data: unknown;
  readonly places: Places;
}

/** What a text should be, for the words of its errors. */
export interface TextKind {
  readonly thing: string;
  /** Some of its keys. */
  readonly keys: string;
}

const STRATEGY: TextKind = { thing: "a strategy", keys: "name, universe, entry" };

/** Reads the text. Throws a StrategyError for what is no YAML, too large, too deep, or hostile. */
export function readText(text: string, { thing, keys }: TextKind = STRATEGY): PlacedText {
  if (text.length > MOST_CHARACTERS) {
    throw new StrategyError([{ path: "", message: `the file has ${text.length} characters; ${thing} has at most ${MOST_CHARACTERS}` }]);
  }
  const marks = text.match(MARKS)?.length ?? 0;
  if (marks > MOST_MARKS) {
    throw new StrategyError([{ path: "", message: `the file has ${marks} commas, colons, brackets and line ends; ${thing} has at most ${MOST_MARKS}` }]);
  }
  const deep = depthOf(text);
  if (deep !== undefined) throw new StrategyError([{ path: "", ...deep, message: `nested more than ${MOST_LEVELS} levels deep; ${thing} needs fewer` }]);

  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: "error" });
  if (document.errors.length > 0) {
    throw new StrategyError(document.errors.slice(0, MOST_ERRORS_LISTED).map((error) => ({ path: "", ...placeAt(lines, error.pos[0]), message: `this is no valid YAML: ${error.message}` })));
  }
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: 50 });
  } catch (cause) {
    throw new StrategyError([{ path: "", message: `the aliases (&name, *name) of this file cannot be expanded: ${cause instanceof Error ? cause.message : String(cause)}. Write the values out.` }]);
  }
  if (data === null || typeof data !== "object" || Array.isArray(data)) {
    throw new StrategyError([{ path: "", line: 1, column: 1, message: `${thing} is a set of keys such as ${keys}; found none` }]);
  }
  const tooMuch = excessOf(data, thing);
  if (tooMuch !== undefined) throw new StrategyError([{ path: "", message: tooMuch }]);
  const { places, wrongKeys } = keysOf(document, lines, thing);
  if (wrongKeys.length > 0) throw new StrategyError(wrongKeys);
  return { data, places };
}

function placeAt(lines: LineCounter, offset: number): Place {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

/** The first place at which brackets or indentation nest too deep, before any parser meets them. */
function depthOf(text: string): Place | undefined {
  let brackets = 0;
  const rows = text.split("\n");
  for (let i = 0; i < rows.length; i++) {
    const indent = /^[ \-?:]*/.exec(rows[i])?.[0].length ?? 0;
    if (indent > MOST_LEVELS * 8) return { line: i + 1, column: indent + 1 };
    for (let j = 0; j < rows[i].length; j++) {
      const character = rows[i][j];
      if (character === "[" || character === "{") brackets++;
      else if (character === "]" || character === "}") brackets--;
      if (brackets > MOST_LEVELS) return { line: i + 1, column: j + 1 };
    }
  }
  return undefined;
}

/** What is too much once the aliases are expanded, which no look at the text can tell. */
function excessOf(data: unknown, thing: string): string | undefined {
  let level = [data];
  let values = 0;
  for (let depth = 0; level.length > 0; depth++) {
    values += level.length;
    if (values > MOST_VALUES) return `the file has more than ${MOST_VALUES} values, its aliases expanded; ${thing} needs fewer`;
    if (depth > MOST_LEVELS) return `nested more than ${MOST_LEVELS} levels deep, its aliases expanded; ${thing} needs fewer`;
    level = level.flatMap((value) => (value !== null && typeof value === "object" ? Object.values(value) : []));
  }
  return undefined;
}

/** Where keys and entries stand; keys that no file may have, and keys that stand twice in one place. */
function keysOf(document: Document, lines: LineCounter, thing: string): { readonly places: Places; readonly wrongKeys: readonly StrategyProblem[] } {
  const places = new Map<string, Place>();
  const wrongKeys: StrategyProblem[] = [];
  const put = (path: Path, node: unknown): Place | undefined => {
    const place = isNode(node) && node.range ? placeAt(lines, node.range[0]) : undefined;
    if (place) places.set(pathText(path), place);
    return place;
  };
  const visit = (node: unknown, path: Path): void => {
    if (!isNode(node) || !("items" in node) || !Array.isArray(node.items)) return;
    if (!isMap(node)) {
      for (const [i, item] of node.items.entries()) {
        put([...path, i], item);
        visit(item, [...path, i]);
      }
      return;
    }
    const seen = new Set<string>();
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value) : "";
      const wrong = !isScalar(key) ? "a key is one word; a list, a set of keys or nothing stands here" : FORBIDDEN_KEYS.has(name) ? `"${name}" is no key of ${thing}` : seen.has(name) ? `"${name}" stands here twice; keep one of the two` : undefined;
      seen.add(name);
      const place = put([...path, name], key);
      if (wrong !== undefined) wrongKeys.push({ path: pathText([...path, name]), ...place, message: wrong });
      visit(value, [...path, name]);
    }
  };
  put([], document.contents);
  visit(document.contents, []);
  return { places, wrongKeys };
}

/** The place of a path, or of its nearest ancestor that stands in the text. */
export function placeOf(places: Places, path: string): Place | undefined {
  return places.get(path) ?? (path === "" ? undefined : placeOf(places, path.slice(0, Math.max(0, path.lastIndexOf("."), path.lastIndexOf("[")))));
}

/** `entry.legs[0].cp` */
export function pathText(path: Path): string {
  return path.map((part, i) => (typeof part === "number" ? `[${part}]` : i === 0 ? part : `.${part}`)).join("");
}
