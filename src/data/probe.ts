import type { CatalogueFile, ColumnMapping, RowKind } from "./catalogue/types.ts";
import { barSpacing } from "./bar-spacing.ts";
import { dataFile, openData, rowClocks } from "./file-rows.ts";
import type { OpenFile } from "./file-rows.ts";
import { IST_SHIFT } from "./clock-columns.ts";
import { SECONDS_PER_DAY } from "../core/time.ts";
import type { Folder, RowReader } from "./ports.ts";
import { readStable } from "./retry-changed.ts";
import { rowSeconds } from "./row-clock.ts";
import { clockColumns } from "./source-columns.ts";

/** Rows of a file that are looked at: all of a contract's, a spread of a long series'. */
const PROBED_ROWS = 1_000_000;
/** Where market rows lie if the digits are Indian time (09:00–15:45), and if they are UTC (03:30–10:15). */
const IST_HOURS = [32_400, 56_700] as const;
const UTC_HOURS = [12_600, 36_900] as const;

/** How the digits of a file's clock lie in the day (semantics §1.2). */
export interface ClockProbe {
  /** Rows with a usable clock. */
  readonly rows: number;
  readonly ist: number;
  readonly utc: number;
  /** The file itself says that its clock holds true instants, by this zone. The counts are 0 then. */
  readonly arrowZone?: string;
}

/** Throws ParquetError. */
export async function probeClocks(folder: Folder, reader: RowReader, file: CatalogueFile): Promise<ClockProbe> {
  const data = await dataFile(folder, file.path);
  const { value } = await readStable(data, async () => {
    // The digits are looked at as they are.
    const open = await openData(data, "ist-wall");
    if (open.columns.clock.zone !== undefined) return { rows: 0, ist: 0, utc: 0, arrowZone: open.columns.clock.zone };
    return countHours(reader, open);
  });
  return value;
}

async function countHours(reader: RowReader, open: OpenFile): Promise<ClockProbe> {
  const counts = { rows: 0, ist: 0, utc: 0 };
  const lies = (second: number, [from, to]: readonly [number, number]): boolean => second >= from && second < to;
  for (const rowGroup of spreadGroups(open)) {
    const batch = await reader.read(open.data, { columns: clockColumns(open.columns), rowGroups: [rowGroup] });
    const clocks = rowClocks(open, batch, 0);
    if (clocks.clock?.shift === IST_SHIFT) return { rows: 0, ist: 0, utc: 0, arrowZone: "offset in the text" };
    for (const moment of rowSeconds(clocks)) {
      if (Number.isNaN(moment)) continue;
      const second = moment % SECONDS_PER_DAY;
      counts.rows++;
      if (lies(second, IST_HOURS)) counts.ist++;
      if (lies(second, UTC_HOURS)) counts.utc++;
    }
  }
  return counts;
}

/** All row groups of a small file, evenly spread ones of a large file. */
function spreadGroups({ footer: { rows, rowGroups } }: OpenFile): number[] {
  const step = Math.max(1, Math.ceil(rows / PROBED_ROWS));
  return rowGroups.flatMap((group, index) => (group.rows > 0 && index % step === 0 ? [index] : []));
}

/** Snapshots or bars, by the columns and the spacing of the rows (semantics §1.8). */
export interface RowKindFound {
  readonly kind: RowKind;
  /** Seconds between bars. */
  readonly span?: number;
  readonly mapping: ColumnMapping;
}

/** Throws ParquetError. A file without rows, or with too few to tell, counts as snapshots. */
export async function readRowKind(folder: Folder, reader: RowReader, file: CatalogueFile): Promise<RowKindFound> {
  const data = await dataFile(folder, file.path);
  const { value } = await readStable(data, async (): Promise<RowKindFound> => {
    const open = await openData(data, "ist-wall");
    const { mapping, mayBeBars } = open.columns.map;
    const [first] = spreadGroups(open);
    if (!mayBeBars || first === undefined) return { kind: "snapshot", mapping };
    const batch = await reader.read(data, { columns: clockColumns(open.columns), rowGroups: [first] });
    const span = barSpacing(rowSeconds(rowClocks(open, batch, 0)));
    return span === undefined ? { kind: "snapshot", mapping } : { kind: "bar", span, mapping };
  });
  return value;
}
