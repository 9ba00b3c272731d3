/** Which keys a schema knows at a path of the data. */
import type { Path } from "./text.ts";

interface Definition {
  readonly type: string;
  readonly innerType?: unknown;
  readonly in?: unknown;
  readonly options?: readonly unknown[];
  readonly discriminator?: string;
  readonly shape?: Readonly<Record<string, unknown>>;
  readonly element?: unknown;
  readonly items?: readonly unknown[];
  readonly valueType?: unknown;
  readonly defaultValue?: unknown;
  readonly entries?: Readonly<Record<string, unknown>>;
  readonly values?: readonly unknown[];
}

export interface SchemaNode {
  readonly _zod?: { readonly def: Definition; /** Of a lazy schema, made once. */ readonly innerType?: unknown; readonly propValues?: Readonly<Record<string, ReadonlySet<unknown>>> };
}

export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, key) => (value !== null && typeof value === "object" ? (value as Record<string | number, unknown>)[key] : undefined), data);
}

/** Keys of the objects that may stand at `path`, given the data there; empty where none may. */
export function keysAt(schema: unknown, path: Path, data: unknown): string[] {
  const objects = nodesAt(schema, path, data).flatMap((node) => containers(node, valueAt(data, path)));
  return [...new Set(objects.flatMap((node) => Object.keys(node.shape ?? {})))];
}

/** The schemas that a value at `path` may go by, given the data above it. */
export function nodesAt(schema: unknown, path: Path, data: unknown): SchemaNode[] {
  return path.reduce<unknown[]>((nodes, part, depth) => {
    const value = valueAt(data, path.slice(0, depth));
    return nodes.flatMap((node) => containers(node, value)).map((node) => (typeof part === "number" ? (node.element ?? node.items?.[part]) : (node.shape?.[part] ?? node.valueType))).filter((node) => node !== undefined);
  }, [schema]) as SchemaNode[];
}

/** Looks through defaults, transforms and unions to the objects and lists inside. */
function containers(schema: unknown, data: unknown): Definition[] {
  const { def: definition, innerType } = (schema as SchemaNode | undefined)?._zod ?? {};
  if (!definition) return [];
  if (definition.shape || definition.element || definition.items || definition.valueType) return [definition];
  if (innerType) return containers(innerType, data);
  if (definition.options) return definition.options.filter((option) => fits(option, definition.discriminator, data)).flatMap((option) => containers(option, data));
  return containers(definition.innerType ?? definition.in, data);
}

function fits(option: unknown, discriminator: string | undefined, data: unknown): boolean {
  const values = discriminator === undefined ? undefined : (option as SchemaNode)._zod?.propValues?.[discriminator];
  const value = valueAt(data, [discriminator!]);
  return !values || value === undefined || values.has(value);
}
