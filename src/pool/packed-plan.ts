import type { CatalogueFile, DayChunk, FileFacts } from "../data/catalogue/types.ts";
import type { PackedFiles, PlannedChunk, PlannedPortion, RunPlan } from "./protocol.ts";

export interface DayPortion extends Omit<PlannedPortion, "chunks"> {
  readonly chunks: readonly DayChunk[];
}

/** A plan as the catalogue makes it. */
export interface DayPlan extends Omit<RunPlan, "portions" | "earlier" | "files"> {
  readonly portions: readonly DayPortion[];
  readonly earlier: readonly DayChunk[];
}

export function packPlan({ portions, earlier, ...plan }: DayPlan): RunPlan {
  const { pack, files } = chunkPacker();
  const planned = portions.map(({ dates, chunks }): PlannedPortion => ({ dates, chunks: chunks.map(pack) }));
  const before = earlier.map(pack);
  return { ...plan, portions: planned, earlier: before, files: files() };
}

/** Every file stands in the result once, however many chunks it is in. */
export function chunkPacker(): { pack(chunk: DayChunk): PlannedChunk; files(): PackedFiles } {
  const places = new Map<string, number>();
  const entries: Uint8Array[] = [];
  const encoder = new TextEncoder();
  const placeOf = (file: CatalogueFile, facts: FileFacts | undefined): number => {
    const known = places.get(file.path);
    if (known !== undefined) return known;
    places.set(file.path, entries.length);
    return entries.push(encoder.encode(JSON.stringify([file, facts ?? null]))) - 1;
  };
  return {
    pack: ({ files, facts, ...chunk }) => ({ ...chunk, files: Uint32Array.from(files, (file, i) => placeOf(file, facts[i])) }),
    files: () => joined(entries),
  };
}

export function unpackChunk({ files: places, ...chunk }: PlannedChunk, { text, ends }: PackedFiles): DayChunk {
  const files: CatalogueFile[] = [];
  const facts: (FileFacts | undefined)[] = [];
  const decoder = new TextDecoder();
  for (const place of places) {
    const entry = text.subarray(place === 0 ? 0 : ends[place - 1], ends[place]);
    const [file, known] = JSON.parse(decoder.decode(entry)) as [CatalogueFile, FileFacts | null];
    files.push(file);
    facts.push(known ?? undefined);
  }
  return { ...chunk, files, facts };
}

/** The files without what is known of them. */
export function unpackFiles({ text, ends }: PackedFiles): CatalogueFile[] {
  const decoder = new TextDecoder();
  return Array.from(ends, (end, place) => (JSON.parse(decoder.decode(text.subarray(place === 0 ? 0 : ends[place - 1], end))) as [CatalogueFile])[0]);
}

export function packFiles(files: readonly CatalogueFile[]): PackedFiles {
  return joined(files.map((file) => new TextEncoder().encode(JSON.stringify([file, null]))));
}

function joined(entries: readonly Uint8Array[]): PackedFiles {
  const ends = new Uint32Array(entries.length);
  let end = 0;
  entries.forEach((entry, i) => (ends[i] = end += entry.length));
  const text = new Uint8Array(end);
  entries.forEach((entry, i) => text.set(entry, ends[i] - entry.length));
  return { text, ends };
}
