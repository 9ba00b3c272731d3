import type { SchemaElement } from "hyparquet";
import { ParquetError } from "./ports.ts";

/** Index after an element of a schema and everything nested in it. */
export function endOfElement(schema: readonly SchemaElement[], at: number): number {
  let next = at;
  for (let pending = 1; pending > 0; next++) pending += (schema[next].num_children ?? 0) - 1;
  return next;
}

/** The schema elements of the wanted columns, in file order. */
export function wantedElements(path: string, schema: readonly SchemaElement[], names: readonly string[]): SchemaElement[] {
  const found: SchemaElement[] = [];
  let at = 1;
  for (let top = 0; top < (schema[0].num_children ?? 0); top++) {
    const element = schema[at];
    const end = endOfElement(schema, at);
    if (names.includes(element.name)) {
      if (end !== at + 1 || element.repetition_type === "REPEATED")
        throw new ParquetError(path, `column "${element.name}" holds nested values; numbers, texts, dates and timestamps can be read. Write it as a plain column.`, { fault: "wrong_type" });
      found.push(element);
    }
    at = end;
  }
  return found;
}
