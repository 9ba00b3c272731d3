/** What a health check of a folder has to do, and which days are known already. */
import type { DayHealth } from "../core/health/day-health.ts";
import type { MarketRules, SymbolName } from "../core/market/types.ts";
import type { DayNumber } from "../core/time.ts";
import { ChoiceNeeded, type Catalogue } from "../data/catalogue/catalogue.ts";
import type { DayChunk, Progress } from "../data/catalogue/types.ts";
import { healthKeys } from "../data/health/health-key.ts";
import { fileGroups } from "../data/health/instruments.ts";
import type { IndexStore } from "../data/index-store.ts";
import type { Folder } from "../data/ports.ts";
import { chunkPacker } from "./packed-plan.ts";
import type { HealthDay, HealthFound, HealthPlan, HealthQuestion } from "./health-protocol.ts";
import type { PlannedChunk } from "./protocol.ts";

/** Groups of files that a worker takes at once: enough to be worth a message, few enough that progress moves and Stop is quick. */
const GROUPS_TOGETHER = 16;

export async function planHealth(catalogue: Catalogue, rules: MarketRules, folder: Folder, keeper: HealthKeeper, question: HealthQuestion, progress?: (progress: Progress) => void): Promise<HealthPlan> {
  const symbols = catalogue.summary().symbols.map(({ symbol }) => symbol).filter((symbol) => question.symbols?.includes(symbol) ?? true);
  const only = question.dates && new Set(question.dates);
  const days: HealthDay[] = [];
  const kept: DayHealth[] = [];
  const refused: { symbol: SymbolName; message: string }[] = [];
  const tasks: PlannedChunk[] = [];
  const packer = chunkPacker();
  for (const symbol of symbols) {
    let chunks: readonly DayChunk[];
    try {
      const dates = await catalogue.candidateDates(symbol, question, progress);
      chunks = await catalogue.chunks(symbol, dates.filter((date) => only?.has(date) ?? true), progress);
    } catch (error) {
      if (!(error instanceof ChoiceNeeded)) throw error;
      refused.push({ symbol, message: error.message });
      continue;
    }
    for (const chunk of chunks) {
      const keys = await healthKeys(folder, rules, chunk);
      const known = question.anew ? new Map<string, DayHealth>() : await keeper.known(keys.values());
      kept.push(...known.values());
      const open = chunk.dates.filter((date) => !known.has(keys.get(date)!));
      days.push(...open.map((date) => ({ symbol, date, key: keys.get(date)! })));
      if (open.length > 0) tasks.push(...tasksOf({ ...chunk, dates: open }).map(packer.pack));
    }
  }
  return { days, kept, tasks, files: packer.files(), refused };
}

/** A chunk in pieces for several workers: files that belong together stay so, and files of one date are asked about it alone. */
function tasksOf(chunk: DayChunk): DayChunk[] {
  const factsOf = new Map(chunk.files.map((file, i) => [file.path, chunk.facts[i]]));
  const part = (groups: ReturnType<typeof fileGroups>, dates: readonly DayNumber[]): DayChunk => {
    const files = groups.flatMap(({ files }) => files);
    return { ...chunk, dates, files, facts: files.map(({ path }) => factsOf.get(path)) };
  };
  const tasks: DayChunk[] = [];
  let open: ReturnType<typeof fileGroups> = [];
  for (const group of fileGroups(chunk)) {
    const [{ kind, date }] = group.files;
    if (kind === "option" && date !== undefined) {
      if (chunk.dates.includes(date)) tasks.push(part([group], [date]));
      continue;
    }
    open.push(group);
    if (open.length === GROUPS_TOGETHER) {
      tasks.push(part(open, chunk.dates));
      open = [];
    }
  }
  if (open.length > 0) tasks.push(part(open, chunk.dates));
  return tasks;
}

/** Days beyond this many are forgotten, oldest first: twenty years of one symbol. */
const MOST_KEPT = 5_000;

/** Remembers the health of days by what it depends on, beside the index of the folder. */
export class HealthKeeper {
  readonly #store: IndexStore;
  readonly #key: string;
  #days: Promise<Map<string, DayHealth>> | undefined;

  constructor(store: IndexStore, folder: string) {
    this.#store = store;
    this.#key = `health of ${folder}`;
  }

  async known(keys: Iterable<string>): Promise<ReadonlyMap<string, DayHealth>> {
    const days = await this.#load();
    return new Map([...keys].flatMap((key) => {
      const day = days.get(key);
      return day ? [[key, day] as const] : [];
    }));
  }

  /** A store that refuses costs the next check its time and nothing else: it rejects, and the caller says so. */
  async keep(found: readonly Pick<HealthFound, "key" | "day">[]): Promise<void> {
    const days = await this.#load();
    for (const { key, day } of found) {
      days.delete(key);
      days.set(key, day);
    }
    for (const key of days.keys()) {
      if (days.size <= MOST_KEPT) break;
      days.delete(key);
    }
    await this.#store.set(this.#key, [...days]);
  }

  #load(): Promise<Map<string, DayHealth>> {
    this.#days ??= this.#store.get(this.#key).then((stored) => new Map(Array.isArray(stored) ? (stored as [string, DayHealth][]) : []));
    return this.#days;
  }
}
