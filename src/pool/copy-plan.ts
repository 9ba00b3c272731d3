/** What a copy of a folder has to do, before anything is read or written. */
import type { SymbolName } from "../core/market/types.ts";
import type { CopyKind, CopyOptions } from "../core/reshape/options.ts";
import { isoDate, type DayNumber } from "../core/time.ts";
import { ChoiceNeeded, type Catalogue } from "../data/catalogue/catalogue.ts";
import { datesOfFile, mayCover } from "../data/catalogue/file-dates.ts";
import { VIX_SYMBOL, type ClockZone, type DayChunk, type Layout, type Progress } from "../data/catalogue/types.ts";
import { dateKeys, fileStates } from "../data/health/health-key.ts";
import { canonicalHash } from "../core/results/hash.ts";
import type { Folder } from "../data/ports.ts";
import { contractWord, unitId, type CopyWork } from "../data/reshape/copy-task.ts";
import type { CopyUnit } from "../data/reshape/copy-units.ts";
import { contractsTogether } from "./copy-contracts.ts";
import { chunkPacker } from "./packed-plan.ts";
import type { PackedFiles, PlannedChunk } from "./protocol.ts";

/** Days that are written side by side: a contract's file is decoded once for all of them. */
const DAYS_TOGETHER = 5;
/** Raised when the same rows would be written otherwise. */
const VERSION = 2;

/** The units of one chunk and kind, done by one worker. */
export interface CopyTask {
  readonly chunk: PlannedChunk;
  readonly work: CopyWork;
  /** Of its sources, in proportion to the dates wanted. */
  readonly sourceBytes: number;
}

export interface CopyPlan {
  readonly tasks: readonly CopyTask[];
  readonly files: PackedFiles;
  /** Zones of the clocks, which the copy keeps as they are. */
  readonly zones: Partial<Record<Layout, ClockZone>>;
  readonly refused: readonly { readonly symbol: SymbolName; readonly message: string }[];
}

export async function planCopy(catalogue: Catalogue, folder: Folder, options: CopyOptions, progress?: (progress: Progress) => void): Promise<CopyPlan> {
  const known = catalogue.summary().symbols.map(({ symbol }) => symbol).filter((symbol) => options.symbols?.includes(symbol) ?? true);
  // VIX serves every symbol, and is copied once.
  const symbols = options.kinds.includes("vix") ? [...known, VIX_SYMBOL] : known;
  const packer = chunkPacker();
  const tasks: CopyTask[] = [];
  const refused: { symbol: SymbolName; message: string }[] = [];
  const zones: Partial<Record<Layout, ClockZone>> = {};
  const add = async (chunk: DayChunk, work: (dates: readonly DayNumber[]) => Promise<CopyWork>, share = 1): Promise<void> => {
    if (chunk.files.length > 0) tasks.push({ chunk: packer.pack(chunk), work: await work(chunk.dates), sourceBytes: (await sourceBytes(folder, chunk)) * share });
  };
  // Before the files are put together, so that what has been learned of them is there.
  const held = options.layout === "contracts" && options.kinds.includes("option") ? await catalogue.contracts(progress) : [];
  for (const symbol of symbols) {
    let chunks: readonly DayChunk[];
    try {
      chunks = await catalogue.chunks(symbol, await catalogue.candidateDates(symbol, options, progress), progress);
    } catch (error) {
      if (!(error instanceof ChoiceNeeded)) throw error;
      refused.push({ symbol, message: error.message });
      continue;
    }
    for (const chunk of chunks) Object.assign(zones, chunk.zones);
    for (const kind of options.kinds) {
      if ((kind === "vix") !== (symbol === VIX_SYMBOL)) continue;
      const own = chunks.map((chunk) => ofKind(chunk, kind));
      if (kind === "option" && options.layout === "contracts") {
        for (const { chunk, datesOf, contracts, share } of contractsTogether(own, symbol, held)) {
          const states = (await fileStates(folder, chunk.files, chunk.facts)).map((state, i) => [chunk.files[i].path, state?.size ?? -1, state?.modified ?? -1] as const);
          const units = contracts.map(({ contract, files }): CopyUnit => {
            const sources = states.filter(([path]) => files.has(path)).map((state) => [...state, datesOf[state[0]]]);
            return { id: unitId(symbol, kind, contractWord(contract)), key: canonicalHash([VERSION, optionsKey(options), chunk.zones, sources]), kind };
          });
          await add(chunk, async () => ({ kind, datesOf, units, contracts: contracts.map(({ contract }) => contract) }), share);
        }
        continue;
      }
      for (const chunk of own.flatMap(inDays)) {
        const keys = await dateKeys(folder, chunk, [VERSION, optionsKey(options)]);
        await add(chunk, async (dates) => ({ kind, units: dates.map((date): CopyUnit => ({ id: unitId(symbol, kind, isoDate(date)), key: keys.get(date)!, kind })) }));
      }
    }
  }
  return { tasks, files: packer.files(), refused, zones };
}

/** What of the options decides the content of a file. */
function optionsKey({ columns, layout, sort, rowGroup }: CopyOptions): unknown {
  return [columns, layout, sort, rowGroup];
}

function ofKind(chunk: DayChunk, kind: CopyKind): DayChunk {
  const places = [...new Map(chunk.files.map((file, i) => [file.path, i])).values()].filter((i) => chunk.files[i].kind === kind);
  return { ...chunk, files: places.map((i) => chunk.files[i]), facts: places.map((i) => chunk.facts[i]) };
}

/** Portions of few days, each with the files that may hold rows of them. */
function inDays(chunk: DayChunk): DayChunk[] {
  const portions: DayChunk[] = [];
  for (let from = 0; from < chunk.dates.length; from += DAYS_TOGETHER) {
    const dates = chunk.dates.slice(from, from + DAYS_TOGETHER);
    const places = chunk.files.flatMap((file, i) => (dates.some((date) => mayCover(file, chunk.facts[i], date)) ? i : []));
    portions.push({ ...chunk, dates, files: places.map((i) => chunk.files[i]), facts: places.map((i) => chunk.facts[i]) });
  }
  return portions;
}

/** Bytes of the files, each in proportion to the dates that are wanted of it. */
async function sourceBytes(folder: Folder, { files, facts, dates }: DayChunk): Promise<number> {
  const states = await fileStates(folder, files, facts);
  return files.reduce((sum, file, i) => {
    const held = datesOfFile(file, facts[i]);
    if (!held || !states[i]) return sum;
    const wanted = dates.filter((date) => mayCover(file, facts[i], date)).length;
    const all = held.exact?.length ?? Math.max(wanted, Math.round(((held.last - held.first + 1) * 5) / 7));
    return sum + states[i].size * (all > 0 && Number.isFinite(all) ? Math.min(1, wanted / all) : 1);
  }, 0);
}
