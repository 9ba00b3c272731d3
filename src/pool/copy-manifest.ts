/** What a copy says of itself: manifest.json in its folder, and how much of it there is. */
import type { CopyOptions } from "../core/reshape/options.ts";
import { canonicalJson } from "../core/results/hash.ts";
import { isoDate } from "../core/time.ts";
import { readJson, type CopyTarget } from "../data/reshape/copy-target.ts";
import type { UnitRecord } from "../data/reshape/copy-units.ts";
import type { CopyPlan } from "./copy-plan.ts";
import { engineVersion } from "./engine-version.ts";

export const MANIFEST = "manifest.json";

interface Manifest {
  readonly straddle: "copy";
  readonly source: string;
  readonly options: ReturnType<typeof optionsJson>;
}

/** The records of the parts, with the fingerprints of their sources, stand below the manifest's folder. */
export function manifestJson(source: string, options: CopyOptions, { zones }: CopyPlan, records: readonly UnitRecord[]): string {
  const manifest = {
    straddle: "copy", version: 1, engine_version: engineVersion, source, options: optionsJson(options), clock_zones: zones,
    ...totalsOf(records),
    units: records.map(({ id, key, files }) => ({ id, key, files: files.map(({ path, rows, bytes }) => ({ path, rows, bytes })) })).sort((a, b) => (a.id < b.id ? -1 : 1)),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function optionsJson({ symbols, from, to, kinds, columns, layout, sort, rowGroup }: CopyOptions) {
  return { symbols: symbols ?? null, from: from === undefined ? null : isoDate(from), to: to === undefined ? null : isoDate(to), kinds, columns, layout, sort, row_group: rowGroup };
}

/** Why a copy cannot be written into a folder, in words; undefined where it can: it is empty, or holds such a copy, whole or in part. */
export async function refuseOtherCopy(target: CopyTarget, source: string, options: CopyOptions): Promise<string | undefined> {
  const names = await target.names();
  if (names.length === 0) return undefined;
  const found = (await readJson(target, MANIFEST)) as Manifest | undefined;
  if (found?.straddle !== "copy") return `the folder is not empty (${names.slice(0, 3).join(", ")}${names.length > 3 ? ", …" : ""}) and holds no copy of Straddle. Give an empty folder.`;
  if (found.source !== source) return `the folder holds a copy of “${found.source}”, not of “${source}”. Give an empty folder.`;
  // Another range, symbol or kind adds to a copy; another form would stand beside it.
  const form = ({ columns, layout, sort, row_group }: ReturnType<typeof optionsJson>) => canonicalJson({ columns, layout, sort, row_group });
  if (form(found.options) !== form(optionsJson(options))) return `the folder holds a copy that was made otherwise (${form(found.options)}). Copy with the same options, or give an empty folder.`;
  return undefined;
}

/** Sources count by the share of their rows that was taken. */
export function totalsOf(records: readonly UnitRecord[]) {
  const files = records.flatMap((record) => record.files);
  const sum = (of: (file: (typeof files)[number]) => number): number => files.reduce((total, file) => total + of(file), 0);
  return {
    parts: records.length,
    files: files.length,
    rows: sum(({ rows }) => rows),
    bytes: sum(({ bytes }) => bytes),
    source_bytes: Math.round(sum(({ sources }) => sources.reduce((total, { size, rows, of }) => total + (of === 0 ? 0 : (size * rows) / of), 0))),
  };
}

/** Files of which rows are in no part of the copy, each in words. Of a copy without limits of date this is every row that it lacks. */
export function uncopiedRows(records: readonly UnitRecord[]): string[] {
  const files = new Map<string, { copied: number; readonly of: number }>();
  for (const { files: written } of records)
    for (const { sources } of written)
      for (const { path, rows, of } of sources) {
        const known = files.get(path) ?? { copied: 0, of };
        known.copied += rows;
        files.set(path, known);
      }
  return [...files].flatMap(([path, { copied, of }]) => (copied < of ? [`${path}: ${of - copied} of its ${of} rows are not in the copy: they have no clock, no key that can be read, or a date after the expiry of their contract.`] : []));
}

