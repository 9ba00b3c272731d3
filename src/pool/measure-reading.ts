/** Whether a copy was worth it: one day of options, read of the source and of the copy. */
import type { ReadingSpeeds } from "../core/reshape/reading-speeds.ts";
import type { SymbolName } from "../core/market/types.ts";
import { isoDate, parseIsoDate, type DayNumber } from "../core/time.ts";
import type { DataSettings } from "../data/catalogue/types.ts";
import type { UnitRecord } from "../data/reshape/copy-units.ts";
import type { CopyJob } from "./copy-job.ts";
import type { CopyPlan } from "./copy-plan.ts";
import { HANG_AFTER, inTime } from "./in-time.ts";
import type { CareWorkerApi, CatalogueWorkerApi, PackedFiles } from "./protocol.ts";
import type { WorkerHost } from "./worker-host.ts";

/** One of the two folders. */
export interface ReadFolder {
  readonly catalogue: Pick<CatalogueWorkerApi, "healthPlan">;
  /** Makes a worker ready for files of it. */
  readonly open: (api: CareWorkerApi, files: PackedFiles) => Promise<void>;
}

export interface CopyFolder extends ReadFolder {
  close(): void;
}

export interface MeasuredCopy extends Pick<CopyJob, "options" | "host" | "open"> {
  readonly catalogue: Pick<CatalogueWorkerApi, "healthPlan" | "coverage">;
  readonly plan: CopyPlan;
  readonly records: readonly UnitRecord[];
  /** Opens what was written, as data. */
  readonly openCopy: (settings: DataSettings) => Promise<CopyFolder>;
  readonly signal?: AbortSignal;
}

/** Undefined where the copy holds no day of options; rejects where it cannot be read. */
export async function measureReading(copied: MeasuredCopy): Promise<ReadingSpeeds | undefined> {
  const { host, signal, plan } = copied;
  const day = await fullestDay(copied);
  if (!day || signal?.aborted) return undefined;
  // Few rows would not tell the zone: a copy has that of its source.
  const zone = plan.zones.raw ?? plan.zones.packed ?? plan.zones.day;
  const copy = await copied.openCopy(zone === undefined ? {} : { zone: { day: zone, packed: zone } });
  try {
    const [source, copyTime] = [await timed(host, copied, day, signal), await timed(host, copy, day, signal)];
    return source === undefined || copyTime === undefined ? undefined : { symbol: day.symbol, date: isoDate(day.date), source, copy: copyTime };
  } finally {
    copy.close();
  }
}

interface SymbolDay {
  readonly symbol: SymbolName;
  readonly date: DayNumber;
}

/** Of a copy by day that with the most rows; of one by contract that of the source with the most files of contracts, the last of equals. */
async function fullestDay({ options, catalogue, plan, records }: MeasuredCopy): Promise<SymbolDay | undefined> {
  const days: (SymbolDay & { readonly size: number })[] = [];
  for (const { id, kind, files } of records) {
    const [, symbol, iso] = kind === "option" ? (/^(.+)\/option-(\d{4}-\d{2}-\d{2})$/.exec(id) ?? []) : [];
    const date = iso === undefined ? undefined : parseIsoDate(iso);
    if (date !== undefined) days.push({ symbol: symbol.toUpperCase(), date, size: files.reduce((sum, { rows }) => sum + rows, 0) });
  }
  if (options.layout === "contracts" && records.some(({ kind }) => kind === "option")) {
    for (const symbol of new Set(plan.tasks.flatMap(({ chunk, work }) => (work.kind === "option" ? [chunk.symbol] : [])))) {
      const covered = (await catalogue.coverage(symbol, () => undefined)).filter(({ date }) => date >= (options.from ?? -Infinity) && date <= (options.to ?? Infinity));
      days.push(...covered.map(({ date, contracts }) => ({ symbol, date, size: contracts })));
    }
  }
  return days.filter(({ size }) => size > 0).reduce<(typeof days)[number] | undefined>((most, day) => (most && most.size > day.size ? most : day), undefined);
}

/** Milliseconds; undefined where there is no row. */
async function timed(host: WorkerHost, { catalogue, open }: ReadFolder, { symbol, date }: SymbolDay, signal: AbortSignal | undefined): Promise<number | undefined> {
  const plan = await catalogue.healthPlan({ symbols: [symbol], from: date, to: date, dates: [date], anew: true }, () => undefined);
  const worker = host.spawn("care");
  signal?.addEventListener("abort", worker.end, { once: true });
  try {
    await inTime(open(worker.api, plan.files), HANG_AFTER, "getting ready");
    const readAll = async (): Promise<{ readonly rows: number; readonly milliseconds: number }> => {
      const total = { rows: 0, milliseconds: 0 };
      for (const task of plan.tasks) {
        const { rows, milliseconds } = await inTime(worker.api.timeRead(task), HANG_AFTER, "reading a day of options");
        total.rows += rows;
        total.milliseconds += milliseconds;
      }
      return total;
    };
    // Once for the compiler, once for the clock.
    await readAll();
    const { rows, milliseconds } = await readAll();
    return rows === 0 ? undefined : Math.round(milliseconds);
  } finally {
    signal?.removeEventListener("abort", worker.end);
    worker.end();
  }
}
