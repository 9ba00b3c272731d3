import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";

const made: string[] = [];

afterAll(() => {
  for (const path of made.splice(0)) rmSync(path, { recursive: true, force: true });
});

/** A new empty folder, removed when the test file is done. */
export function tempFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "straddle-"));
  made.push(path);
  return path;
}
