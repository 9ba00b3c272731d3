import { formatMoment, isoDate } from "../time.ts";
import { csvCell } from "./csv-cell.ts";
import type { TradeLabels } from "./labels.ts";
import type { Skip } from "./types.ts";

/** skips.csv: a header and one line per skip, each ended by LF (semantics §6). Days that were not run stand in run.json. */
export function skipsCsv(skips: readonly Skip[], labels: TradeLabels): string {
  const lines = skips.map((skip) =>
    [
      csvCell(labels.variants[skip.variant]), isoDate(skip.date), formatMoment(skip.date, skip.first), formatMoment(skip.date, skip.last),
      skip.count, skip.windowId, skip.reason,
    ].join(","),
  );
  return ["variant,date,first,last,count,window_id,reason", ...lines].map((line) => `${line}\n`).join("");
}
