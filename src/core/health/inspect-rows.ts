/** Every row of one instrument with what can be said against it: nothing is dropped (docs/data-health.md). */
import { breaksOf, copyClocks, copyNumbers, ordered, paiseOf, runsOf, type OrderedRows, type RowBatch } from "../grid/ordered-rows.ts";
import type { SessionOf } from "../grid/slice-rows.ts";
import type { Kernels } from "../kernels.ts";
import type { Session } from "../market/types.ts";
import type { DayNumber } from "../time.ts";

/** The name of the cumulative volume among the fields of a batch. */
export const VOLUME = "volume";

/** All rows of one instrument on one date, in the order of semantics §1.4. Every array has `length` entries. */
export interface InspectedRows {
  readonly date: DayNumber;
  /** Undefined where the exchange was closed, or the calendar does not reach. */
  readonly session: Session | undefined;
  readonly length: number;
  /** Second of the Indian day. */
  readonly second: Int32Array;
  /** Bits of `ROW_QUALITY`, without `duplicate`, which is found by reading further columns. */
  readonly quality: Uint16Array;
  /** Ask − bid of a valid quote in paise; 0 where the row has none. */
  readonly spread: Int32Array;
  /** Which of the rows of all batches, taken one after another, it is. */
  readonly place: Int32Array;
  /** 1 where the clock, sub-second digits included, is that of the row before. */
  readonly sameClock: Uint8Array;
}

export interface Inspection {
  readonly dates: readonly InspectedRows[];
  /** Places of the rows that have no usable clock, and so no date. */
  readonly withoutClock: Int32Array;
  readonly hasQuotes: boolean;
  readonly hasVolume: boolean;
}

export interface InspectOptions {
  /** Whether prices have to be multiples of the tick: those of an index do not. */
  readonly ticks: boolean;
}

/** Batches in path order, then row order; dates ascending. */
export function inspectRows(kernels: Kernels, batches: readonly RowBatch[], sessionOf: SessionOf, { ticks }: InspectOptions): Inspection {
  return kernels.scoped(() => {
    const rows = ordered(kernels, batches);
    const hasQuotes = batches.some(({ bid, ask }) => bid && ask);
    const volume = copyNumbers(kernels, batches, rows.total, (batch) => batch.fields?.get(VOLUME) ?? null);
    const marks = rowMarks(kernels, batches, rows, ticks, hasQuotes);
    const dates = runsOf(kernels, rows).map(({ date, start, end }) => inspectDate(kernels, rows, marks, volume, sessionOf(date), date, start, end));
    return { dates, withoutClock: placesWithoutClock(kernels, rows), hasQuotes, hasVolume: volume !== 0 };
  });
}

/** Of each row, whatever its date: pointers to its bits and to its spread. */
interface Marks {
  readonly flags: number;
  readonly spread: number;
}

function rowMarks(kernels: Kernels, batches: readonly RowBatch[], rows: OrderedRows, ticks: boolean, hasQuotes: boolean): Marks {
  const { total, clock, backwards } = rows;
  const { run } = kernels;
  const [flags, spread] = [run.alloc(total * 2), run.alloc(total * 4)];
  kernels.scoped(() => {
    const off = run.alloc(total + (total & 1));
    kernels.u8.fill(0, off, off + total);
    const rupees = copyNumbers(kernels, batches, total, ({ price }) => price);
    const price = paiseOf(kernels, batches, total, off, ({ price }) => price);
    const bid = paiseOf(kernels, batches, total, off, ({ bid }) => bid);
    const ask = paiseOf(kernels, batches, total, off, ({ ask }) => ask);
    run.rowFlags(rupees, price, hasQuotes ? bid : 0, hasQuotes ? ask : 0, ticks ? off : 0, backwards, clockWithoutTs(kernels, batches, rows), clock, total, flags, spread);
  });
  return { flags, spread };
}

/** The clocks of the rows as they are where `ts` does not help; 0 where it never does. */
function clockWithoutTs(kernels: Kernels, batches: readonly RowBatch[], rows: OrderedRows): number {
  if (!batches.some(({ fallbackClock }) => fallbackClock)) return 0;
  const { pointer, bad } = copyClocks(kernels, batches, rows.total, (batch) => batch.clock, () => null);
  return bad === rows.bad ? 0 : pointer;
}

/** `BAD` of a clock is the smallest i64: of no clock from 2000 on is the upper half this. */
const BAD_HIGH = -(2 ** 31);

function placesWithoutClock({ i32 }: Kernels, { bad, clock, total }: OrderedRows): Int32Array {
  const found = new Int32Array(bad);
  let at = 0;
  for (let row = 0; at < bad && row < total; row++) if (i32[(clock >> 2) + row * 2 + 1] === BAD_HIGH) found[at++] = row;
  return found;
}

function inspectDate(kernels: Kernels, rows: OrderedRows, { flags, spread }: Marks, volume: number, session: Session | undefined, date: DayNumber, start: number, end: number): InspectedRows {
  const length = end - start;
  return kernels.scoped(() => {
    const { run } = kernels;
    const [seconds, bits, spreads, same] = [run.alloc(length * 4), run.alloc(length * 2), run.alloc(length * 4), run.alloc(length)];
    const breaks = session ? breaksOf(kernels, session) : 0;
    run.inspectDay(rows.clock, rows.order, start, end, date, session?.open ?? 0, session?.close ?? 0, breaks, session?.breaks.length ?? 0, flags, spread, volume, seconds, bits, spreads, same);
    const { i32, u8 } = kernels;
    return {
      date, session, length,
      second: i32.slice(seconds >> 2, (seconds >> 2) + length),
      quality: new Uint16Array(u8.slice(bits, bits + length * 2).buffer),
      spread: i32.slice(spreads >> 2, (spreads >> 2) + length),
      place: i32.slice((rows.order >> 2) + start, (rows.order >> 2) + end),
      sameClock: u8.slice(same, same + length),
    };
  });
}
