import { accessSync, constants } from "node:fs";
import path from "node:path";

/**
 * The first that can be run: the file named by an environment variable, which then is the only candidate, else a program of one of the
 * names on the path or in the usual places, else one of the files. Undefined when there is none.
 */
export function findExecutable({ variable, names, files }) {
  const named = process.env[variable];
  if (named) return isExecutable(named) ? named : undefined;
  const folders = [...(process.env.PATH ?? "").split(path.delimiter), "/usr/bin", "/usr/local/bin", "/snap/bin"];
  return [...folders.flatMap((folder) => names.map((name) => path.join(folder, name))), ...files].find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
