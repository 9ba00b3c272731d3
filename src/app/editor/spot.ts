/** Where in a strategy's text the cursor stands, while the text is still being written. */
import { isPair, isScalar, isSeq, parseDocument, visit, type Node, type Pair } from "yaml";
import type { Path } from "../../core/strategy/text.ts";

/** No strategy holds this word. */
const MARK = "zzcursorzz";
/** What a word of the language is made of. */
const WORD = /[\w$@.-]*$/;

export interface Spot {
  /** Of the set of keys for a key, of the value for a value. */
  readonly path: Path;
  readonly kind: "key" | "value";
  /** Whether a set of keys can begin here as it is, without brackets. */
  readonly startsKeys: boolean;
  /** Where the word that is being written begins. */
  readonly from: number;
  /** The data up to here, without what is being written. */
  readonly data: unknown;
}

/** undefined inside comments and quotes, and where the text before is no YAML. */
export function spotAt(text: string, at: number): Spot | undefined {
  const before = text.slice(0, at);
  const from = at - (WORD.exec(before)?.[0].length ?? 0);
  const document = parseDocument(before.slice(0, from) + MARK, { uniqueKeys: false, logLevel: "silent" });
  let found: { readonly path: Path; readonly kind: "key" | "value"; readonly inList: boolean } | undefined;
  visit(document, {
    Scalar(key, node, ancestors) {
      if (node.value !== MARK) return undefined;
      const path = pathOf([...ancestors, node] as readonly (Node | Pair)[]);
      // A lone word is the first key of a strategy, or of an entry of a list.
      found = key === "key" || ancestors.length === 1 ? { path: key === "key" ? path.slice(0, -1) : path, kind: "key", inList: false } : { path, kind: "value", inList: typeof key === "number" };
      return visit.BREAK;
    },
  });
  if (!found) return undefined;
  const line = before.slice(before.lastIndexOf("\n") + 1, from);
  const startsKeys = found.kind === "key" || (found.inList ? /^\s*(?:- +)+$/.test(line) : /^\s*$/.test(line));
  return { path: found.path, kind: found.kind, startsKeys, from, data: without(document.toJS()) };
}

/** The path that a way through the document leads along, its last node included. */
export function pathOf(ancestors: readonly (Node | Pair)[]): Path {
  const path: (string | number)[] = [];
  ancestors.forEach((node, i) => {
    const next = ancestors[i + 1];
    if (isPair(node)) path.push(isScalar(node.key) ? String(node.key.value) : "");
    else if (isSeq(node) && next !== undefined) path.push(node.items.indexOf(next));
  });
  return path;
}

function without(data: unknown): unknown {
  if (data === MARK) return undefined;
  if (Array.isArray(data)) return data.map(without);
  if (data === null || typeof data !== "object") return data;
  return Object.fromEntries(Object.entries(data).filter(([key]) => key !== MARK).map(([key, value]) => [key, without(value)]));
}
