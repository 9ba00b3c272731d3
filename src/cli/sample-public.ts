import { gzipSync } from "node:zlib";
import type { WriteSampleOptions } from "./sample.ts";

/**
 * The sample that ships with the page. Its contracts are quick only around the hourly anchors, and the second expiry is
 * rarer still: all that 3 MB hold with 52 columns and five levels.
 */
export const PUBLIC_SAMPLE: Omit<WriteSampleOptions, "out"> = {
  days: 3,
  seed: 7,
  strikesEachSide: 3,
  cadence: { near: 1.4, far: 400, nearSteps: 1, laterExpiries: 4, busy: { every: 3600, around: 25, idle: 30 } },
  parquet: { codec: "GZIP", compressors: { GZIP: (bytes) => new Uint8Array(gzipSync(bytes, { level: 9 })) }, clockEncoding: "DELTA_BINARY_PACKED" },
};
