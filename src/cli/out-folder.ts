import { isAbsolute, relative, resolve } from "node:path";
import { UsageError } from "./exit.ts";

/** Whether a folder is another or lies below it. */
export function liesIn(inner: string, outer: string): boolean {
  const way = relative(resolve(outer), resolve(inner));
  return !way.startsWith("..") && !isAbsolute(way);
}

/** Result files among the data would be read as data by the next run. */
export function refuseOutInData(out: string, data: string): void {
  if (liesIn(out, data)) throw new UsageError(`--out ${out} lies in the data folder ${data}, to which nothing is ever written. Give a folder elsewhere.`);
}
