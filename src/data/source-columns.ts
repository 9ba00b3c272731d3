import { mapColumns } from "./column-names.ts";
import type { ColumnMap } from "./column-names.ts";
import { ParquetError } from "./ports.ts";
import type { FooterColumn } from "./ports.ts";

/** Where a clock comes from: one column, or a date column and a time-of-day column. */
export interface ClockSource {
  readonly column: string;
  readonly time?: string;
  /** The Arrow zone that the file names for it, unless that is UTC: its instants are true (semantics §1.2). */
  readonly zone?: string;
}

/** Which columns of one file serve the grid. Names are the file's own. */
export interface SourceColumns {
  readonly map: ColumnMap;
  readonly clock: ClockSource;
  readonly fallbackClock: ClockSource | null;
  /** The only clock is `lastTradeTime`: used, with a warning (semantics §1.1). */
  readonly clockIsLastTrade: boolean;
  readonly price: string | null;
  readonly bid: string | null;
  readonly ask: string | null;
  readonly lastTrade: ClockSource | null;
}

const CLOCK_TYPE = /TIMESTAMP|INT96|STRING|NULL$|^DOUBLE$|^INT64( U?INT_64)?$|^INT32( U?INT_32)?$/;
const NUMBER_TYPE = /^(DOUBLE|FLOAT|INT32|INT64)( U?INT_\d+)?$|DECIMAL|FLOAT16|INT32 NULL/;
const UTC_NAMES = /^(UTC|Etc\/UTC|GMT|Z|[+-]00:?00)$/i;

/** Picks the columns that the grid needs. Throws a ParquetError naming the file, the column, the type found and the one expected. */
export function sourceColumns(path: string, columns: readonly FooterColumn[]): SourceColumns {
  const map = mapColumns(columns);
  if (map.missing.length > 0)
    throw new ParquetError(path, `the file lacks ${map.missing.join(" and ")}. Its columns are: ${columns.map(({ name }) => name).join(", ") || "none"}. Rename or add the column.`, { fault: "missing_column" });
  const byName = new Map(columns.map((column) => [column.name, column]));
  const column = (known: string, types: RegExp, expected: string): FooterColumn | undefined => {
    const own = map.source.get(known);
    const found = own === undefined ? undefined : byName.get(own);
    if (found && !types.test(found.type)) throw wrongType(path, found.name, found.type, expected);
    return found;
  };
  const clockOf = (known: string): ClockSource | null => {
    const found = column(known, CLOCK_TYPE, "a timestamp, a text like 2024-08-23 09:15:00, or seconds, ms, µs or ns since 1970");
    return found ? { column: found.name, ...(found.zone !== undefined && !UTC_NAMES.test(found.zone) && { zone: found.zone }) } : null;
  };
  const lastTrade = clockOf("lastTradeTime");
  const clocks = [clockOf("timestamp") ?? dateAndTime(path, map, byName), clockOf("ts")].filter((clock) => clock !== null);
  const clock = clocks[0] ?? lastTrade;
  if (!clock) throw new ParquetError(path, 'the file has a "date" but no time of day. Add a "time" or "timestamp" column.', { fault: "missing_column" });
  const number = (known: string): string | null => column(known, NUMBER_TYPE, "numbers")?.name ?? null;
  const [bid, ask] = [number("bp0"), number("sp0")];
  const quoted = bid !== null && ask !== null;
  return {
    map,
    clock,
    fallbackClock: clocks[1] ?? null,
    clockIsLastTrade: clocks.length === 0,
    price: number(map.source.has("price") ? "price" : "close"),
    bid: quoted ? bid : null,
    ask: quoted ? ask : null,
    lastTrade: clocks.length === 0 ? null : lastTrade,
  };
}

/** A date column that carries the time too, or one beside a column of times. */
function dateAndTime(path: string, { source }: ColumnMap, columns: ReadonlyMap<string, FooterColumn>): ClockSource | null {
  const date = columns.get(source.get("date") ?? "");
  const time = columns.get(source.get("time") ?? "");
  if (!date) return null;
  if (!time) return /TIMESTAMP|STRING/.test(date.type) ? { column: date.name } : null;
  if (!/DATE|STRING|TIMESTAMP/.test(date.type)) throw wrongType(path, date.name, date.type, "a date");
  if (!/ TIME\(| TIME_|STRING/.test(time.type)) throw wrongType(path, time.name, time.type, "a time of day, as such or as a text like 09:15:00");
  return { column: date.name, time: time.name };
}

export function wrongType(path: string, column: string, found: string, expected: string): ParquetError {
  return new ParquetError(path, `column "${column}" has the type ${found}; expected ${expected}. Write the column with that type.`, { fault: "wrong_type" });
}

/** Every column that the grid needs from the file. */
export function gridColumns(columns: SourceColumns): string[] {
  return [...rowColumns(columns), ...clockColumnNames(columns.lastTrade)];
}

/** The columns that tell when a row was, its last price and its quote. */
export function rowColumns(columns: SourceColumns): string[] {
  return [...clockColumns(columns), columns.price, columns.bid, columns.ask].filter((name) => name !== null);
}

/** The columns that tell when a row was. */
export function clockColumns({ clock, fallbackClock }: SourceColumns): string[] {
  return [...clockColumnNames(clock), ...clockColumnNames(fallbackClock)];
}

function clockColumnNames(clock: ClockSource | null): string[] {
  return clock === null ? [] : clock.time === undefined ? [clock.column] : [clock.column, clock.time];
}
