/** What the schema says of the value at a path, for editors: its help, its default, the words that it may be, the keys that it may have. */
import { z } from "../zod.ts";
import { strategySchema } from "./schema.ts";
import { keysAt, nodesAt, type SchemaNode } from "./schema-keys.ts";
import { paramsSchema, sweepSchema } from "./sweep.ts";
import type { Path } from "./text.ts";

/** A file as it is written, before the sweep is taken out of it. */
export const FILE_SCHEMA = strategySchema.extend({ params: paramsSchema.optional(), sweep: sweepSchema.optional() });

export interface ValueFacts {
  /** One line of what the value is for. */
  readonly help: string | undefined;
  /** What an absent value means; undefined where it is needed, or where it depends. */
  readonly standard: unknown;
  /** Words that may stand here, in the order of the schema. */
  readonly words: readonly string[];
  readonly keys: readonly string[];
}

/** @param data the file as it is written: what stands there tells apart what else may */
export function factsAt(path: Path, data: unknown, file: z.ZodType = FILE_SCHEMA): ValueFacts {
  const nodes = nodesAt(file, path, data);
  const seen: Seen = { standards: [], helps: [], words: new Set() };
  for (const node of nodes) look(node, seen);
  return { help: seen.helps[0], standard: seen.standards[0], words: [...seen.words], keys: keysAt(file, path, data) };
}

interface Seen {
  readonly standards: unknown[];
  readonly helps: string[];
  readonly words: Set<string>;
}

/** Looks through wrappers and unions, not into objects and lists; what stands outermost is met first. */
function look(schema: SchemaNode, seen: Seen): void {
  const help = z.globalRegistry.get(schema as unknown as z.ZodType)?.description;
  if (help !== undefined) seen.helps.push(help);
  const definition = schema._zod?.def;
  if (!definition) return;
  if (definition.defaultValue !== undefined) seen.standards.push(definition.defaultValue);
  const words = [...Object.values(definition.entries ?? {}), ...(definition.values ?? [])];
  for (const word of words) if (typeof word === "string") seen.words.add(word);
  const inside = [schema._zod?.innerType, ...(definition.options ?? []), definition.innerType ?? definition.in];
  for (const node of inside) if (node !== undefined) look(node as SchemaNode, seen);
}
