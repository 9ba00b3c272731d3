/** Values of command-line options. Commander turns the errors into messages that name the option. */
import { availableParallelism } from "node:os";
import { InvalidArgumentError } from "commander";
import type { ParamValue } from "../core/strategy/types.ts";
import { parseIsoDate, type DayNumber } from "../core/time.ts";
import { COPY_KINDS, type CopyKind, type CopyOptions } from "../core/reshape/options.ts";
import type { ClockZone, DataSettings, Layout } from "../data/catalogue/types.ts";

const LAYOUTS: readonly string[] = ["raw", "packed", "day", "series"] satisfies Layout[];
const ZONES: readonly string[] = ["ist-wall", "utc"] satisfies ClockZone[];

export const DEFAULT_WORKERS = availableParallelism();
/** Gigabytes. */
export const DEFAULT_CACHE = 20;

/** @param least smallest number allowed */
export function wholeNumber(least: number): (text: string) => number {
  return (text) => {
    if (!/^\d+$/.test(text) || Number(text) < least) throw new InvalidArgumentError(`Allowed: a whole number from ${least} on.`);
    return Number(text);
  };
}

/** `YYYY-MM-DD` */
export function dateOption(text: string): DayNumber {
  const date = parseIsoDate(text);
  if (date === undefined) throw new InvalidArgumentError(`"${text}" is no date. Allowed: a date of the calendar such as 2024-08-23.`);
  return date;
}

/** Kinds of series, separated by commas. */
export function kindList(text: string): CopyKind[] {
  return commaList(text).map((kind) => {
    const known = COPY_KINDS.find((one) => one === kind || `${one}s` === kind);
    if (!known) throw new InvalidArgumentError(`"${kind}" is no kind. Allowed: ${COPY_KINDS.join(", ")}.`);
    return known;
  });
}

/** Dates, separated by commas. */
export function dateList(text: string): DayNumber[] {
  return commaList(text).map(dateOption);
}

/** Upper-case symbols, separated by commas. */
export function symbolList(text: string): string[] {
  return commaList(text).map((symbol) => symbol.toUpperCase());
}

export function commaList(text: string): string[] {
  return text.split(",").map((part) => part.trim());
}

/** `NAME=VALUE`: a number or a truth value where it reads as one, else text. */
export function paramOption(text: string, before: Readonly<Record<string, ParamValue>> = {}): Record<string, ParamValue> {
  const [name, value] = pair(text, "NAME=VALUE");
  return { ...before, [name]: paramValue(value) };
}

function paramValue(text: string): ParamValue {
  if (text === "true" || text === "false") return text === "true";
  return text.trim() !== "" && Number.isFinite(Number(text)) ? Number(text) : text;
}

/** `LAYOUT=ist-wall` or `LAYOUT=utc` */
export function zoneOption(text: string, before: DataSettings["zone"] = {}): DataSettings["zone"] {
  const [layout, zone] = pair(text, "LAYOUT=ZONE");
  if (!LAYOUTS.includes(layout)) throw new InvalidArgumentError(`"${layout}" is no layout. Allowed: ${LAYOUTS.join(", ")}.`);
  if (!ZONES.includes(zone)) throw new InvalidArgumentError(`"${zone}" is no clock zone. Allowed: ${ZONES.join(", ")}.`);
  return { ...before, [layout as Layout]: zone as ClockZone };
}

/** `SYMBOL=LAYOUT` */
export function layoutOption(text: string, before: DataSettings["layout"] = {}): DataSettings["layout"] {
  const [symbol, layout] = pair(text, "SYMBOL=LAYOUT");
  if (!LAYOUTS.includes(layout)) throw new InvalidArgumentError(`"${layout}" is no layout. Allowed: ${LAYOUTS.join(", ")}.`);
  return { ...before, [symbol.toUpperCase()]: layout as Layout };
}

/** What every command that reads market data is told of it. */
export interface DataOptions extends DataSettings {
  readonly data: string;
  /** File of the user's own rows over the market rules. */
  readonly rules?: string;
}

export function dataSettings({ zone, layout, barLabel }: DataOptions): DataSettings {
  return { zone, layout, barLabel };
}

/** What `--layout` of a copy says: how the copy is laid out, and which layouts of the source answer. */
export interface CopyLayout {
  readonly copy?: CopyOptions["layout"];
  readonly source?: DataSettings["layout"];
}

/** `days` or `contracts`, or `SYMBOL=LAYOUT` */
export function copyLayoutOption(text: string, before: CopyLayout = {}): CopyLayout {
  if (text === "days" || text === "contracts") return { ...before, copy: text };
  if (!text.includes("=")) throw new InvalidArgumentError(`"${text}" is no layout of a copy. Allowed: days, contracts, or SYMBOL=LAYOUT for the source.`);
  return { ...before, source: layoutOption(text, before.source) };
}

function pair(text: string, form: string): [string, string] {
  const at = text.indexOf("=");
  if (at < 1) throw new InvalidArgumentError(`Allowed: ${form}.`);
  return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
}
