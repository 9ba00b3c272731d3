import { readFile } from "node:fs/promises";
import { parseThresholds, ThresholdsError } from "../core/health/thresholds-file.ts";
import type { Thresholds } from "../core/health/thresholds.ts";
import { UsageError } from "./exit.ts";

/** Reads a file of health thresholds where one is given. Throws a UsageError that names the file and every problem in it. */
export async function readThresholds(file: string | undefined): Promise<Thresholds | undefined> {
  if (file === undefined) return undefined;
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    throw new UsageError(`--thresholds ${file}: the file of thresholds cannot be read (${(error as Error).message}). Give the path of a YAML or JSON file.`);
  }
  try {
    return parseThresholds(text);
  } catch (error) {
    if (!(error instanceof ThresholdsError)) throw error;
    throw new UsageError(error.message.split("\n").map((line) => `${file}: ${line}`).join("\n"));
  }
}
