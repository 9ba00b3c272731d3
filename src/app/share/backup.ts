/** Settings and the user's strategies as one file. */
import { z } from "../../core/zod.ts";
import { MEASURES } from "../../core/health/measures.ts";
import { RESULT_UNITS } from "../../core/results/result-unit.ts";
import type { Preferences } from "../session/preferences.ts";

/** How fast a machine is says nothing of another, and what was asked of one folder neither. */
type Kept = Omit<Preferences, "scan" | "queries">;

const texts = z.record(z.string().max(100), z.string().max(200_000));
const backup = z.strictObject({
  straddle: z.literal("settings"),
  version: z.literal(1),
  preferences: z
    .strictObject({
      theme: z.enum(["system", "light", "dark"]), reader: z.enum(["parquet-wasm", "duckdb"]), workers: z.int().min(0).max(64), cacheGigabytes: z.number().min(0).max(10_000), readAhead: z.boolean(), face: z.enum(["builder", "yaml"]), parts: z.array(z.string().max(20)).max(20),
      leftWidth: z.number().min(100).max(2_000), wideCuts: z.boolean(),
      unit: z.enum(RESULT_UNITS), capitalPerLot: z.number().positive(), notify: z.boolean(), strategy: z.string().max(100), ticked: z.array(z.string().max(100)).max(1_000), edits: texts, own: texts,
      thresholds: z.record(z.string().refine((key) => MEASURES.some((measure) => measure.key === key)), z.number()), overruled: z.array(z.iso.date()).max(10_000),
      study: z.string().max(100), studyEdits: texts,
      query: z.string().max(200_000), queryMemory: z.int().min(64).max(4_096),
    } satisfies Record<keyof Kept, z.ZodType>)
    .partial(),
});

export function backupText({ scan: _, queries: __, ...preferences }: Preferences): string {
  return `${JSON.stringify({ straddle: "settings", version: 1, preferences }, null, 2)}\n`;
}

/** Throws an Error in words for what is no such file. */
export function readBackup(text: string): Partial<Kept> {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (cause) {
    throw new Error("The file is no JSON. Choose one that “Save settings and library” made.", { cause });
  }
  const checked = backup.safeParse(found);
  if (!checked.success) {
    const [{ path, message }] = checked.error.issues;
    throw new Error(`The file holds no settings of Straddle: ${path.join(".") || "at its top"}: ${message}`);
  }
  return checked.data.preferences;
}
