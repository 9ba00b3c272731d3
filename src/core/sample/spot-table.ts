import { SECONDS_PER_DAY, type Second } from "../time.ts";
import type { SymbolName } from "../market/types.ts";
import { type Cadence, untilNextRow } from "./cadence.ts";
import { type DayPath, type SampleDay, inBreak } from "./market.ts";
import { BOGUS_CLOCK } from "./quirks.ts";
import type { QuirkCounts } from "./quirk-counts.ts";
import type { Random } from "./random.ts";
import { type SampleTable, constantInt, constantText, timeColumn } from "./table.ts";

const BRIEFLY_LATE = 20;
const GAP = 45;
/** A spot value has to be younger than this to choose a strike, whatever the cadence. */
const LONGEST_IDLE = 20;

/** The index, value by value, of one day: `timestamp price open high low close changeper ts symbol year month`. */
export function spotTable(day: SampleDay, path: DayPath, symbol: SymbolName, cadence: Cadence, random: Random, quirks: QuirkCounts | undefined): SampleTable {
  const { seconds, values } = spotValues(day, path, cadence, random, quirks);
  const rows = seconds.length;
  const clock = Float64Array.from(seconds, (second) => (day.date * SECONDS_PER_DAY + second) * 1000);
  const ts = clock.slice();
  if (quirks) ts[0] = BOGUS_CLOCK;
  const price = Float64Array.from(values);
  const high = price.slice();
  const low = price.slice();
  for (let r = 1; r < rows; r++) {
    high[r] = Math.max(high[r - 1], price[r]);
    low[r] = Math.min(low[r - 1], price[r]);
  }
  const month = new Date(clock[0]);
  return {
    rows,
    columns: [
      timeColumn("timestamp", clock, "us", "UTC"),
      { name: "price", type: "double", values: price },
      { name: "open", type: "double", values: new Float64Array(rows).fill(day.open) },
      { name: "high", type: "double", values: high },
      { name: "low", type: "double", values: low },
      { name: "close", type: "double", values: new Float64Array(rows).fill(day.previousClose) },
      { name: "changeper", type: "double", values: price.map((value) => Math.round((value / day.previousClose - 1) * 10_000) / 100) },
      timeColumn("ts", ts, "us", "UTC"),
      constantText("symbol", rows, symbol),
      constantInt("year", rows, month.getUTCFullYear()),
      constantInt("month", rows, month.getUTCMonth() + 1),
    ],
  };
}

function spotValues(day: SampleDay, path: DayPath, cadence: Cadence, random: Random, quirks: QuirkCounts | undefined): { seconds: Second[]; values: number[] } {
  const { open, close } = day.session;
  const pace: Cadence = cadence.busy ? { ...cadence, busy: { ...cadence.busy, idle: Math.min(LONGEST_IDLE, cadence.busy.idle) } } : cadence;
  const start = quirks ? open + lateness(day, random, quirks) : open;
  const gapAt = quirks ? open + Math.floor((close - open) * (0.3 + 0.3 * random.next())) : undefined;
  const seconds: Second[] = [open - 420];
  const values: number[] = [day.previousClose];
  let gapDone = gapAt === undefined;
  for (let second = start; second < close; second += untilNextRow(pace, random, second - open, 0)) {
    if (!gapDone && gapAt !== undefined && second >= gapAt) {
      second += GAP;
      gapDone = true;
      if (quirks) quirks.spot_gap_over_30s++;
    }
    if (inBreak(day.session, second)) continue;
    seconds.push(second);
    values.push(path.spot[second - open]);
  }
  seconds.push(close);
  values.push(day.close);
  return { seconds, values };
}

/** Seconds after the open at which spot begins: late for moments on every third day, for up to an hour and a half on every seventh. */
function lateness(day: SampleDay, random: Random, quirks: QuirkCounts): number {
  const late = day.index % 7 === 6 ? random.integer(600, 5400) : day.index % 3 === 1 ? BRIEFLY_LATE : 0;
  if (late > 0) quirks.spot_late_days++;
  return late;
}
