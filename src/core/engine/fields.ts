/** The columns that a strategy needs beside prices and level-1 quotes, by canonical name (semantics §1). */
import { compileStrategy } from "../strategy/compile.ts";
import type { ParsedStrategy } from "../strategy/types.ts";
import { BOOK_FIELDS } from "./book.ts";
import { FILL_MODEL_CODES } from "./fill.ts";
import { greekColumns, metricsUsed } from "./instruments.ts";

const BEST_QUANTITIES = ["bq0", "sq0"];
/** Volume comes cumulative or, in some layouts, per row. */
const VOLUME_FIELDS = ["volume", "vol_delta"];

const known = new WeakMap<ParsedStrategy, readonly string[]>();

/** Sorted. The same answer for the same strategy object. */
export function fieldsOf(strategy: ParsedStrategy): readonly string[] {
  let fields = known.get(strategy);
  if (!fields) known.set(strategy, (fields = collect(strategy)));
  return fields;
}

function collect({ variants }: ParsedStrategy): readonly string[] {
  const compiled = variants.map(({ strategy }) => compileStrategy(strategy));
  const fields = new Set<string>();
  const add = (names: readonly string[]) => names.forEach((name) => fields.add(name));
  if (compiled.some(({ fill }) => fill.model === FILL_MODEL_CODES.depth)) add(BOOK_FIELDS);
  if (compiled.some(({ fill }) => fill.maxShare !== null)) add(BEST_QUANTITIES);
  add(greekColumns(compiled));
  for (const metric of metricsUsed(compiled)) {
    const ofField = "field" in metric.args ? metric.args.field : undefined;
    if (metric.name === "VOL" || metric.name === "VWAP" || ofField === "volume") add(VOLUME_FIELDS);
    if (metric.name === "OI" || ofField === "oi") add(["oi"]);
    if (metric.name === "MICROPRICE" || metric.name === "IMBALANCE") add(BOOK_FIELDS);
    if (metric.name === "FIELD") add([metric.args.name]);
  }
  return [...fields].sort();
}
