/** The published schema against the builder's tables: no key and no form of one is without a control, wherever it stands. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ADJUST, COSTS, ENTRY, EXIT, FILL, LEG, LEG_RULES, NAME, SAMPLING, TIME, UNIVERSE, WHEN, type Field } from "../../../../src/app/builder/fields.ts";
import { isShown } from "../../../../src/app/builder/forms.ts";
import { OPERATORS } from "../../../../src/app/builder/rule.ts";

interface Node {
  readonly $ref?: string;
  readonly anyOf?: readonly Node[];
  readonly oneOf?: readonly Node[];
  readonly allOf?: readonly Node[];
  readonly items?: Node;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
}

const SCHEMA = JSON.parse(readFileSync(join(import.meta.dirname, "../../../../public/strategy.schema.json"), "utf8")) as Node & { readonly $defs?: Readonly<Record<string, Node>> };

/** The alternatives of a node, unions and references taken apart. */
function alternatives(node: Node): readonly Node[] {
  if (node.$ref !== undefined) return alternatives(SCHEMA.$defs?.[node.$ref.split("/").at(-1) ?? ""] ?? {});
  const union = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])];
  return [...(node.properties || node.items || union.length === 0 ? [node] : []), ...union.flatMap(alternatives)];
}

const sets = (nodes: readonly Node[]) => nodes.flatMap(alternatives).filter((node) => node.properties);
const keysOf = (nodes: readonly Node[]) => [...new Set(sets(nodes).flatMap((node) => Object.keys(node.properties ?? {})))];
const inside = (nodes: readonly Node[], key: string): readonly Node[] => sets(nodes).flatMap((node) => node.properties?.[key] ?? []);
const listed = (nodes: readonly Node[]): readonly Node[] => nodes.flatMap(alternatives).flatMap((node) => node.items ?? []);

/** A value of one alternative with all of its keys. */
function example(node: Node): unknown {
  const [first] = alternatives(node);
  if (first.properties) return Object.fromEntries(Object.entries(first.properties).map(([key, value]) => [key, example(value)]));
  return first.const ?? first.enum?.[0] ?? 1;
}

/** Every variant of what a set of keys can hold: its own keys by each of their alternatives. */
function examples(node: Node): readonly unknown[] {
  const all = example(node) as Record<string, unknown>;
  return [all, ...Object.entries(node.properties ?? {}).flatMap(([key, value]) => alternatives(value).map((one) => ({ ...all, [key]: example(one) })))];
}

/** What the tables lack, by path. */
function lacking(where: string, nodes: readonly Node[], fields: readonly Field[], elsewhere: readonly string[] = []): string[] {
  const known = new Map(fields.map((field) => [field.key, field]));
  const missing = keysOf(nodes).filter((key) => !known.has(key) && !elsewhere.includes(key)).map((key) => `${where}.${key}: no control`);
  const unknown = fields.filter(({ key }) => inside(nodes, key).length === 0).map(({ key }) => `${where}.${key}: no key of the language`);
  return [...missing, ...unknown, ...fields.flatMap((field) => formsLacking(`${where}.${field.key}`, inside(nodes, field.key), field))];
}

function formsLacking(where: string, nodes: readonly Node[], field: Field): string[] {
  if (field.kind === "condition") return keysOf(nodes).filter((key) => !["all", "any", "not", ...OPERATORS].includes(key)).map((key) => `${where}.${key}: no card`);
  if (field.kind === "group") return lacking(where, nodes, field.fields ?? []);
  return sets(nodes).flatMap(examples).filter((value) => !isShown(field.kind, value)).map((value) => `${where}: no control for ${JSON.stringify(value)}`);
}

const ROOT: readonly Node[] = [SCHEMA];
const OWN_PARTS = ["version", "entries", "adjust", "params", "sweep", ...[UNIVERSE, TIME, ENTRY, EXIT, FILL, SAMPLING].map(({ key }) => key)];
const leg = [...LEG, ...LEG_RULES];
const blocks = listed(inside(ROOT, "entries"));

it.each([
  ["the strategy", ROOT, [NAME, COSTS], OWN_PARTS],
  ...[UNIVERSE, TIME, EXIT, FILL, SAMPLING].map(({ key, fields }) => [key, inside(ROOT, key), fields, []] as const),
  ["entry", inside(ROOT, "entry"), ENTRY.fields, ["legs"]],
  ["entry.legs", listed(inside(inside(ROOT, "entry"), "legs")), leg, []],
  ["entries", blocks, [WHEN], ["legs"]],
  ["entries.legs", listed(inside(blocks, "legs")), leg, []],
  ["adjust", listed(inside(ROOT, "adjust")), ADJUST, []],
] as const)("%s has a control for each of its keys, in each form that it may have", (where, nodes, fields, elsewhere) => {
  expect(keysOf(nodes).length).toBeGreaterThan(0);
  expect(lacking(where, nodes, fields, elsewhere)).toEqual([]);
});
