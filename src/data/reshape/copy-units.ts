/** The units of a copy: what is done or not done as a whole, and is done once. */
import type { CopyKind } from "../../core/reshape/options.ts";
import type { FileFingerprint } from "../../core/results/types.ts";
import { PARTIAL, readJson, writeWhole, type CopyTarget } from "./copy-target.ts";
import type { WrittenOutput } from "./copy-output.ts";

/** A day of one kind, or a contract. */
export interface CopyUnit {
  /** `banknifty/option-2024-08-19`: names its record below the manifest's folder. */
  readonly id: string;
  /** What its content depends on, as a hash. */
  readonly key: string;
  readonly kind: CopyKind;
}

export interface CopiedFile {
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
  /** By column, `*` for whole rows; sums that do not depend on the order of rows. */
  readonly checksums: Readonly<Record<string, string>>;
  readonly sources: readonly CopiedSource[];
}

/** A file that rows were taken of: how many, and how many it holds in all. */
export interface CopiedSource extends FileFingerprint {
  readonly rows: number;
  readonly of: number;
}

/** What was written of a unit. */
export interface UnitRecord extends CopyUnit {
  readonly files: readonly CopiedFile[];
  /** Files that may hold rows of it and could not be read. */
  readonly left_out: readonly { readonly path: string; readonly message: string }[];
}

export const MANIFEST_FOLDER = "manifest";

function recordPath({ id }: Pick<CopyUnit, "id">): string {
  return `${MANIFEST_FOLDER}/${id}.json`;
}

/** The record of a unit that is complete, of the same content, and of which every file is there; undefined where it has to be copied. */
export async function finishedUnit(target: CopyTarget, unit: CopyUnit): Promise<UnitRecord | undefined> {
  const record = (await readJson(target, recordPath(unit))) as UnitRecord | undefined;
  if (record?.key !== unit.key || !Array.isArray(record.files)) return undefined;
  for (const { path, bytes } of record.files) {
    const file = await target.file(path);
    if (!file || (await file.stat()).size !== bytes) return undefined;
  }
  return record;
}

/** Puts the files of a unit under their names, and says so. */
export async function completeUnit(target: CopyTarget, unit: CopyUnit, written: readonly WrittenOutput[], leftOut: UnitRecord["left_out"]): Promise<UnitRecord> {
  for (const { output } of written) await target.rename(`${output.path}${PARTIAL}`, output.path);
  const record: UnitRecord = { ...unit, files: written.map(copiedFile), left_out: leftOut };
  await writeWhole(target, recordPath(unit), `${JSON.stringify(record)}\n`);
  return record;
}

function copiedFile({ output: { path, sources, source }, rows, bytes, sums }: WrittenOutput): CopiedFile {
  const counts = new Int32Array(sources.length);
  for (const place of source) counts[place]++;
  const files = new Map<string, CopiedSource>();
  sources.forEach(({ piece: { fingerprint, open } }, place) => files.set(fingerprint.path, { ...fingerprint, rows: (files.get(fingerprint.path)?.rows ?? 0) + counts[place], of: open.footer.rows }));
  return { path, rows, bytes, checksums: sums, sources: [...files.values()] };
}
