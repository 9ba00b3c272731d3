import type { SpotSource } from "../../core/results/types.ts";

/** Where spot comes from, in words. */
export const SPOT_WORDS: Readonly<Record<SpotSource, string>> = { files: "spot files", future: "the nearest future", synthetic: "options (synthetic)" };
