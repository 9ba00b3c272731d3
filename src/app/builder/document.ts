/** Changes to a strategy's text that leave the rest of it as it is: comments, order, and what the builder does not know. */
import { isAlias, isCollection, isMap, isScalar, isSeq, Pair, parseDocument, Scalar, visit, YAMLMap, type Document, type Node, type YAMLSeq } from "yaml";
import { FILE_SCHEMA } from "../../core/strategy/schema-facts.ts";
import { keysAt } from "../../core/strategy/schema-keys.ts";
import type { Path } from "../../core/strategy/text.ts";

/** Sets of keys that are longer than this, as JSON, stand on several lines. */
const MOST_ON_A_LINE = 110;
/** Times, windows and legs of the position: other readers of YAML would take them for something else. */
const QUOTED = /^[\d:]*\d:\d[\d:]*(?:-[\d:]+)?$|^leg:\d+$/;
/** Lists whose entries have a line each. */
const SPREAD = new Set<unknown>(["legs", "entries", "adjust", "all", "any"]);

export type Read = { readonly data: Readonly<Record<string, unknown>> } | { readonly problem: string };

/** The text as data; what is no set of keys at all has a problem instead. */
export function readDocument(text: string): Read {
  const document = parseDocument(text, { uniqueKeys: false, logLevel: "silent" });
  if (document.errors.length > 0) return { problem: withoutPicture(document.errors[0].message) };
  try {
    const data: unknown = document.toJS({ maxAliasCount: 50 });
    if (data === null) return { data: {} };
    if (typeof data === "object" && !Array.isArray(data)) return { data: data as Record<string, unknown> };
    return { problem: "the text is no set of keys" };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** A mistake in words and its place; the parser draws the line below them. */
function withoutPicture(message: string): string {
  return message.split("\n")[0].replace(/:$/, "");
}

/** Puts a value at a path, and makes the sets of keys on the way to it. */
export function withValue(text: string, path: Path, value: unknown): string {
  return changed(text, (document) => put(document, path, value));
}

/** Takes out what stands at a path, and the sets of keys that become empty by it. */
export function withoutValue(text: string, path: Path): string {
  return changed(text, (document) => {
    for (let length = path.length; length > 0; length--) {
      const parent = collectionAt(document, path.slice(0, length - 1));
      if (!parent) return;
      parent.delete(path[length - 1]);
      if (parent.items.length > 0 || typeof path[length - 2] === "number") return;
    }
  });
}

/** Puts a value into the list at a path; a single value that stands there becomes the first of the list. */
export function withItem(text: string, path: Path, index: number, value: unknown): string {
  return changed(text, (document) => {
    const list = listAt(document, path);
    if (list) list.items.splice(index, 0, nodeOf(document, value, index, path.length + 1));
    else put(document, path, [value]);
    unfold(document, path);
  });
}

export function withCopy(text: string, path: Path, index: number): string {
  return changed(text, (document) => {
    const list = listAt(document, path);
    const item = list?.items[index] as Node | undefined;
    if (item) list?.items.splice(index + 1, 0, item.clone());
  });
}

export function withMove(text: string, path: Path, from: number, to: number): string {
  return changed(text, (document) => {
    const list = listAt(document, path);
    if (list && to >= 0 && to < list.items.length) list.items.splice(to, 0, ...list.items.splice(from, 1));
  });
}

/** A key of the set of keys at a path gets another name, and keeps its place and comments. */
export function withKey(text: string, path: Path, key: string, next: string): string {
  return changed(text, (document) => {
    const parent = collectionAt(document, path);
    const pair = isMap(parent) ? parent.items.find((one) => isScalar(one.key) && one.key.value === key) : undefined;
    if (pair && isScalar(pair.key)) pair.key.value = next;
  });
}

/** Every scalar for which `other` has another value gets that one. */
export function withScalars(text: string, other: (value: unknown) => unknown): string {
  return changed(text, (document) => {
    visit(document, {
      Scalar(key, node) {
        if (key !== "key") node.value = other(node.value);
      },
    });
  });
}

function changed(text: string, change: (document: Document) => void): string {
  const document = parseDocument(text, { uniqueKeys: false, logLevel: "silent" });
  if (!isMap(document.contents)) document.contents = document.createNode({}) as unknown as typeof document.contents;
  change(document);
  visit(document, { Map: (_, map) => padded(map, " "), Seq: (_, list) => padded(list, "") });
  return document.toString({ lineWidth: 0 });
}

/** `{ a: 1 }` and `[1, 2]`, as the ready-made strategies have it. */
function padded(node: YAMLMap | YAMLSeq, flowCollectionPadding: string): void {
  const plain = node.toString;
  node.toString = (context, ...rest) => plain.call(node, context && { ...context, flowCollectionPadding }, ...rest);
}

function collectionAt(document: Document, path: Path): YAMLMap | YAMLSeq | undefined {
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  return isMap(node) || isSeq(node) ? node : undefined;
}

function listAt(document: Document, path: Path): YAMLSeq | undefined {
  const node = own(document, path);
  if (isScalar(node) && node.value !== null && node.value !== "none") put(document, path, [node.value]);
  const list = document.getIn(path, true);
  return isSeq(list) ? list : undefined;
}

/** The node at a path; an alias becomes a copy of its own first. */
function own(document: Document, path: Path): unknown {
  const node = document.getIn(path, true);
  if (!isAlias(node)) return node;
  document.setIn(path, nodeOf(document, node.toJS(document), path[path.length - 1], path.length));
  return document.getIn(path, true);
}

function put(document: Document, path: Path, value: unknown): void {
  let depth = 0;
  while (depth < path.length - 1 && isCollection(own(document, path.slice(0, depth + 1)))) depth++;
  const inside = path.slice(depth + 1).reduceRight((made, key) => (typeof key === "number" ? [made] : { [key]: made }), value);
  setKey(document, path.slice(0, depth), path[depth], inside);
  unfold(document, path);
}

function setKey(document: Document, parentPath: Path, key: string | number, value: unknown): void {
  const parent = collectionAt(document, parentPath);
  if (!parent) return;
  const node = nodeOf(document, value, key, parentPath.length + 1);
  const before = parent.get(key, true);
  if (isScalar(before) || isCollection(before)) {
    const { comment, commentBefore, spaceBefore } = before;
    Object.assign(node, { ...(isScalar(node) && { comment }), commentBefore, spaceBefore });
    parent.set(key, node);
  } else if (isMap(parent)) {
    const order = keysAt(FILE_SCHEMA, parentPath, document.toJS());
    const later = new Set(order.slice(order.indexOf(String(key)) + 1));
    const at = order.includes(String(key)) ? parent.items.findIndex((pair) => isScalar(pair.key) && later.has(String(pair.key.value))) : -1;
    parent.items.splice(at < 0 ? parent.items.length : at, 0, new Pair(document.createNode(key), node));
  } else parent.set(key, node);
}

/** What is short stands on one line; sections, and the lists that are read line by line, do not. */
function nodeOf(document: Document, value: unknown, key: string | number, depth: number): Node {
  const node = document.createNode(value) as Node;
  const style = (one: Node, own: unknown, level: number): boolean => {
    if (isScalar(one) && typeof one.value === "string" && QUOTED.test(one.value)) one.type = Scalar.QUOTE_DOUBLE;
    if (!isCollection(one)) return false;
    const spread = one.items.map((item) => (item instanceof Pair ? style(item.value as Node, (item.key as Scalar).value, level + 1) : style(item as Node, undefined, level + 1))).includes(true) || SPREAD.has(own);
    one.flow = level > 1 && !spread && JSON.stringify(one.toJS(document)).length <= MOST_ON_A_LINE;
    return spread;
  };
  style(node, key, depth);
  return node;
}

/** Sets of keys on the way to a path that have become too long for one line are spread over several. */
function unfold(document: Document, path: Path): void {
  for (let length = 1; length < path.length; length++) {
    const node = document.getIn(path.slice(0, length), true);
    if (isCollection(node) && node.flow && JSON.stringify(node.toJS(document)).length > MOST_ON_A_LINE) node.flow = false;
  }
}
