import type { RunRecord } from "./run-record.ts";

/** Whether every word stands somewhere in the run's name, tags, notes, folder or hash. */
export function runMatches({ name, tags, notes, made }: RunRecord, filter: string): boolean {
  const text = [name, ...tags, notes, made?.folder ?? "", made?.resultHash ?? ""].join(" ").toLowerCase();
  return filter.toLowerCase().split(/\s+/).every((word) => text.includes(word));
}
