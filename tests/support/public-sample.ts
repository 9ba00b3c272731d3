import { cpSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./cli.ts";
import { tempFolder } from "./temp-folder.ts";

/** A copy of the sample data that ships with the page: three days, to be broken as a test likes. */
export function publicSample(): string {
  const folder = join(tempFolder(), "data");
  cpSync(join(ROOT, "public", "sample"), folder, { recursive: true, filter: (path) => !path.endsWith("manifest.json") });
  return folder;
}
