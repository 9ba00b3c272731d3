import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { root } from "./root.mjs";

/** A hash over the names and contents of files and whole folders of the project, by their paths below it. */
export function sourceHash(paths) {
  const hash = createHash("sha256");
  for (const name of paths) {
    const full = path.join(root, name);
    if (!statSync(full).isDirectory()) add(hash, name);
    else for (const file of filesBelow(full)) add(hash, path.join(name, file));
  }
  return hash.digest("hex").slice(0, 16);
}

/** Of all that decides what a day's outcome is. */
export function engineBuild() {
  return sourceHash(["src/core", "src/data", "assembly"]);
}

function add(hash, file) {
  const content = readFileSync(path.join(root, file));
  hash.update(`${file.split(path.sep).join("/")}\n${content.length}\n`).update(content);
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
}
