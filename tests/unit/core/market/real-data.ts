/** Real calendars and names beside the repository; absent at a user's place. */
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, test } from "vitest";

const FOLDER = fileURLToPath(new URL("../../../../../shared/data/", import.meta.url));

/** A describe block that skips, and says so, where the real data are absent. */
export function describeRealData(name: string, body: () => void): void {
  if (existsSync(FOLDER)) {
    describe(name, body);
  } else {
    console.warn(`skipped: "${name}" needs the real data in ../shared/data (looked for ${FOLDER})`);
    describe.skip(name, () => test("needs ../shared/data", () => {}));
  }
}

/** Rows of a CSV without quoting, by column name. */
export function readCsv(path: string): Record<string, string>[] {
  const [header, ...lines] = readFileSync(FOLDER + path, "utf8").trimEnd().split(/\r?\n/);
  const columns = header.split(",");
  return lines.map((line) => {
    const values = line.split(",");
    return Object.fromEntries(columns.map((column, index) => [column, values[index]]));
  });
}
