/** Clocks as files store them, brought to the digits of Indian time. A second telling of semantics §1.1 and §1.2, apart from the engine's. */
import type { IsoDate } from "../core/time.ts";
import type { FooterColumn } from "../data/ports.ts";
import { NotVerifiable } from "./not-verifiable.ts";

const NS = 1_000_000_000n;
const DAY = 86_400n * NS;
const IST = 19_800n * NS;
const TEXT = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?Z?$/;
const UTC = /^(UTC|Etc\/UTC|GMT|Z|[+-]00:?00)$/i;

/** Nanoseconds since 1970 by Indian digits; null where the cell has no clock. Throws NotVerifiable for text of another form. */
export type ReadClock = (cell: unknown) => bigint | null;

/** @param utc whether the digits of the layout are UTC; a zone that the column names goes before it */
export function clockReader({ name, type, zone }: FooterColumn, utc: boolean): ReadClock {
  const shift = utc || (zone !== undefined && !UTC.test(zone)) ? IST : 0n;
  const typed = /TIMESTAMP|INT96/.test(type);
  return (cell) => {
    if (cell === null || cell === undefined) return null;
    if (typeof cell === "bigint") return (typed ? cell : sized(cell)) + shift;
    if (typeof cell === "number") return Number.isFinite(cell) ? sized(BigInt(Math.round(cell * 1000)), 1000n) + shift : null;
    const match = typeof cell === "string" ? TEXT.exec(cell.trim()) : null;
    if (!match) throw new NotVerifiable(`the clock column "${name}" holds “${String(cell)}”; the reference reads timestamps, numbers since 1970 and texts such as 2024-08-23 09:15:00`);
    return BigInt(Date.parse(`${match[1]}T${match[2]}Z`)) * 1_000_000n + BigInt((match[3] ?? "").padEnd(9, "0")) + shift;
  };
}

/** A number since 1970, of which the size tells the unit; `parts` of that unit. */
function sized(value: bigint, parts = 1n): bigint {
  const size = (value < 0n ? -value : value) / parts;
  const perUnit = size < 100_000_000_000n ? NS : size < 100_000_000_000_000n ? 1_000_000n : size < 100_000_000_000_000_000n ? 1_000n : 1n;
  return (value * perUnit) / parts;
}

export function dateOf(clock: bigint): IsoDate {
  return new Date(Number((clock - (clock % DAY)) / 1_000_000n)).toISOString().slice(0, 10);
}

export function secondOf(clock: bigint): number {
  return Number((clock % DAY) / NS);
}

/** 2000-01-01: what lies before it is no clock. */
export const FIRST_CLOCK = 946_684_800n * NS;
