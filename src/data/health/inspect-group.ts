import type { InspectedKind, InstrumentReport } from "../../core/health/day-health.ts";
import { inspectRows, type Inspection } from "../../core/health/inspect-rows.ts";
import { measureDay } from "../../core/health/instrument-day.ts";
import type { MarketRules } from "../../core/market/types.ts";
import type { DayNumber } from "../../core/time.ts";
import type { DayChunk } from "../catalogue/types.ts";
import type { SliceContext } from "../slice-files.ts";
import { markDuplicates } from "./duplicates.ts";
import { readInstruments, type FileGroup, type Instrument } from "./instruments.ts";

/** Of one instrument on one date of a chunk. */
export interface DatedReport {
  readonly date: DayNumber;
  readonly report: InstrumentReport;
}

/** An index has no tick. */
const HAS_TICK: Readonly<Record<InspectedKind, boolean>> = { option: true, future: true, spot: false, vix: false };

/** What the files of a group say about the dates of a chunk. Throws ParquetError where one of them cannot be used. */
export async function inspectGroup(context: SliceContext, rules: MarketRules, chunk: DayChunk, group: FileGroup): Promise<DatedReport[]> {
  const wanted = new Set(chunk.dates);
  const reports: DatedReport[] = [];
  const instruments = await readInstruments(context, rules, chunk, group);
  const inspections = await inspectInstruments(context, instruments, (date) => wanted.has(date));
  for (const [place, { kind, contract, expiry, parts }] of instruments.entries()) {
    const inspection = inspections[place];
    const filesOf = (date: DayNumber): string[] => [...new Set(parts.flatMap(({ rows: { file } }) => (file.date === undefined || file.date === date ? file.path : [])))];
    const barSpan = parts.find(({ rows }) => rows.barSpan !== undefined)?.rows.barSpan;
    inspection.dates.forEach((rows, nth) => {
      if (!wanted.has(rows.date)) return;
      const withoutClock = nth === 0 ? inspection.withoutClock.length : 0;
      reports.push({ date: rows.date, report: { kind, ...(contract && { contract }), ...(expiry !== undefined && { expiry }), files: filesOf(rows.date), day: measureDay(context.kernels, rows, { hasQuotes: inspection.hasQuotes, barSpan, withoutClock }) } });
    });
  }
  return reports;
}

/** Every row of the instruments, with all that can be said against those of the dates wanted. */
export async function inspectInstruments(context: SliceContext, instruments: readonly Instrument[], isWanted: (date: DayNumber) => boolean): Promise<Inspection[]> {
  const inspections = instruments.map(({ kind, parts }) => inspectRows(context.kernels, parts.map(({ batch }) => batch), context.sessionOf, { ticks: HAS_TICK[kind] }));
  await markDuplicates(context, instruments.map((instrument, place) => ({ instrument, days: inspections[place].dates.filter(({ date }) => isWanted(date)) })));
  return inspections;
}
