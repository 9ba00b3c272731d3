import { SECONDS_PER_DAY } from "../core/time.ts";
import { rowSpacing } from "./bar-spacing.ts";
import type { CatalogueFile, ClockProbe } from "./catalogue/types.ts";
import { IST_SHIFT } from "./clock-columns.ts";
import { dataFile, openData, rowClocks } from "./file-rows.ts";
import type { OpenFile } from "./file-rows.ts";
import type { Folder, RowReader } from "./ports.ts";
import { readStable } from "./retry-changed.ts";
import { rowSeconds } from "./row-clock.ts";
import { clockColumns } from "./source-columns.ts";

/** Rows of a file that are looked at: all of a contract's, a spread of a long series'. */
const PROBED_ROWS = 1_000_000;
/** Where market rows lie if the digits are Indian time (09:00–15:45), and if they are UTC (03:30–10:15). */
const IST_HOURS = [32_400, 56_700] as const;
const UTC_HOURS = [12_600, 36_900] as const;

/**
 * How the digits of a file's clock lie in the day (semantics §1.2), and whether its rows are snapshots or bars (§1.8). Where
 * the file itself says that its clock holds true instants, `arrowZone` says by which zone and no rows are counted.
 * A file with too few rows to tell counts as snapshots. Throws ParquetError.
 */
export async function probeClocks(folder: Folder, reader: RowReader, file: CatalogueFile): Promise<ClockProbe> {
  const data = await dataFile(folder, file.path);
  const { value } = await readStable(data, async (snapshot): Promise<ClockProbe> => {
    // The digits are looked at as they are.
    const open = await openData(snapshot, "ist-wall");
    const { mapping, mayBeBars } = open.columns.map;
    const { zone } = open.columns.clock;
    const counts = { rows: 0, ist: 0, utc: 0 };
    let arrowZone = zone;
    let barSpan: number | undefined;
    const groups = zone === undefined ? spreadGroups(open) : mayBeBars ? spreadGroups(open).slice(0, 1) : [];
    for (const rowGroup of groups) {
      const batch = await reader.read(snapshot, { columns: clockColumns(open.columns), rowGroups: [rowGroup] });
      const clocks = rowClocks(open, batch, 0);
      if (zone === undefined && clocks.clock?.shift === IST_SHIFT) arrowZone = "offset in the text";
      if (mayBeBars && barSpan === undefined) {
        const spacing = rowSpacing([clocks]);
        if (spacing.kind === "regular") barSpan = spacing.span;
      }
      if (arrowZone === undefined) countHours(rowSeconds(clocks), counts);
    }
    return {
      ...counts,
      rowKind: barSpan === undefined ? "snapshot" : "bar",
      mapping,
      ...(arrowZone !== undefined && { arrowZone }),
      ...(barSpan !== undefined && { barSpan }),
    };
  });
  return value;
}

function countHours(seconds: Float64Array, counts: { rows: number; ist: number; utc: number }): void {
  const lies = (second: number, [from, to]: readonly [number, number]): boolean => second >= from && second < to;
  for (const moment of seconds) {
    if (Number.isNaN(moment)) continue;
    const second = moment % SECONDS_PER_DAY;
    counts.rows++;
    if (lies(second, IST_HOURS)) counts.ist++;
    if (lies(second, UTC_HOURS)) counts.utc++;
  }
}

/** All row groups of a small file, evenly spread ones of a large file. */
function spreadGroups({ footer: { rows, rowGroups } }: OpenFile): number[] {
  const step = Math.max(1, Math.ceil(rows / PROBED_ROWS));
  return rowGroups.flatMap((group, index) => (group.rows > 0 && index % step === 0 ? [index] : []));
}
