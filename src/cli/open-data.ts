import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { RulesOverride } from "../core/market/override.ts";
import type { CatalogueSummary, DataSettings, Progress } from "../data/catalogue/types.ts";
import type { SourceDescriptor } from "../pool/protocol.ts";
import { createNodeHost } from "../pool/spawn-node.ts";
import { openCatalogue, type CatalogueQuestions } from "../pool/standing-catalogue.ts";
import { UsageError } from "./exit.ts";
import { count, say, sayOver } from "./words.ts";

/** The threads that the build puts beside this bundle. */
export const nodeHost = createNodeHost(new URL("./worker.js", import.meta.url));

export interface OpenData {
  readonly source: SourceDescriptor;
  readonly summary: CatalogueSummary;
  readonly catalogue: CatalogueQuestions;
  close(): void;
}

/** Opens the index of a folder. Throws a UsageError when there is no such folder, an Error when it holds no Parquet file. */
export async function openData(folder: string, settings: DataSettings, rules: RulesOverride | undefined): Promise<OpenData> {
  const root = resolve(folder);
  const found = await stat(root).catch((error: Error) => {
    throw new UsageError(`--data ${folder}: the folder cannot be opened (${error.message}). Give the folder that holds the Parquet files.`);
  });
  if (!found.isDirectory()) throw new UsageError(`--data ${folder}: this is a file. Give the folder that holds the Parquet files.`);
  const source: SourceDescriptor = { kind: "node", root };
  const { summary, api, end } = await openCatalogue({ host: nodeHost, source: () => source, settings, rules, progress: sayProgress });
  sayOver("");
  if (summary.files === 0) {
    end();
    throw new Error(`${folder}: there is no Parquet file in this folder or below it. Give the folder that holds files such as banknifty24aug50500ce.parquet.`);
  }
  return { source, summary, catalogue: api, close: end };
}

const PHASES = { listing: "files found", names: "names read", footers: "footers read", clocks: "clocks looked at" } as const;

export function sayProgress({ phase, done, total }: Progress): void {
  sayOver(phase === "listing" ? `${done} ${PHASES[phase]}` : `${done} of ${total} ${PHASES[phase]}`);
}

/** Notes of one kind beyond this many are counted instead of listed: thousands of files of a real folder are empty. */
const NOTES_LISTED = 5;

/** What could not be used, file by file, and what the user should know of the rest. */
export function sayProblems({ problems }: CatalogueSummary): void {
  for (const { path, message, fatal } of problems) if (fatal) say(`not used: ${path}: ${message}`);
  const notes = problems.filter(({ fatal }) => !fatal);
  for (const kind of new Set(notes.map((note) => note.kind))) {
    const same = notes.filter((note) => note.kind === kind);
    for (const { path, message } of same.slice(0, NOTES_LISTED)) say(`note: ${path}: ${message}`);
    if (same.length > NOTES_LISTED) say(`note: the same (${kind}) holds for ${count(same.length - NOTES_LISTED, "more file")}; catalogue --json lists all of them`);
  }
}
