import { readdir, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { UsageError } from "./exit.ts";

const STRATEGY_FILE = /\.(ya?ml|json)$/i;

export interface StrategyFile {
  readonly path: string;
  /** The file's name without its ending; told apart from equal ones before it by a number. */
  readonly name: string;
}

/** The files that the arguments name, each once; a folder stands for all strategy files in it, by name. */
export async function strategyFiles(given: readonly string[]): Promise<StrategyFile[]> {
  const paths = (await Promise.all(given.map(filesOf))).flat();
  const once = new Map(paths.map((path) => [resolve(path), path]));
  const taken = new Map<string, number>();
  return [...once.values()].map((path) => {
    const name = basename(path).replace(STRATEGY_FILE, "");
    const key = name.toLowerCase();
    const times = (taken.get(key) ?? 0) + 1;
    taken.set(key, times);
    return { path, name: times === 1 ? name : `${name}-${times}` };
  });
}

async function filesOf(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  // Whether a file is there is said when it is read.
  if (!found?.isDirectory()) return [path];
  const names = (await readdir(path)).filter((name) => STRATEGY_FILE.test(name)).sort();
  if (names.length === 0) throw new UsageError(`${path}: the folder holds no strategy. Give files, or a folder with files that end in .yaml, .yml or .json.`);
  return names.map((name) => join(path, name));
}
