/** The series that `of` names (semantics §5). */
import { OPTION_SIDES } from "../results/types.ts";
import type { OptionSide } from "../market/types.ts";
import type { SeriesKind } from "./metrics.ts";

export const NAMED_SERIES = ["spot", "future", "vix", "atm_ce", "atm_pe", "straddle", "atm_ce@now", "atm_pe@now", "straddle@now"] as const;
export type NamedSeries = (typeof NAMED_SERIES)[number];

/** As it stands in a strategy. */
export type SeriesForm = string | { readonly atm: number; readonly cp: OptionSide } | { readonly "atm@now": number; readonly cp: OptionSide };

/**
 * `atm`: steps out of the money, as of a leg. `now`: the own history of the contracts that are chosen at s; otherwise
 * the series is spliced from the contracts chosen at each second. `cp`: index into OPTION_SIDES.
 */
export type Series =
  | { readonly kind: "spot" | "future" | "vix" }
  | { readonly kind: "contract"; readonly cp: number; readonly atm: number; readonly now: boolean }
  | { readonly kind: "straddle"; readonly now: boolean }
  /** From 1. */
  | { readonly kind: "leg"; readonly leg: number };

const LEG = /^leg:(\d{1,2})$/;

/** The number of `leg:2`, from 1, or undefined. */
export function legOf(form: unknown): number | undefined {
  const match = typeof form === "string" ? LEG.exec(form) : null;
  return match && Number(match[1]) > 0 ? Number(match[1]) : undefined;
}

export function readSeries(form: SeriesForm): Series {
  if (typeof form !== "string") return { kind: "contract", cp: OPTION_SIDES.indexOf(form.cp), atm: "atm" in form ? form.atm : form["atm@now"], now: !("atm" in form) };
  const leg = legOf(form);
  if (leg !== undefined) return { kind: "leg", leg };
  const [name, now] = [form.replace("@now", ""), form.endsWith("@now")];
  switch (name) {
    case "spot":
    case "future":
    case "vix":
      return { kind: name };
    case "straddle":
      return { kind: "straddle", now };
    default:
      return { kind: "contract", cp: name === "atm_ce" ? 0 : 1, atm: 0, now };
  }
}

/** The one way to write a series, so that equal series compare equal: `{atm: 0, cp: CE}` is `atm_ce`. */
export function normalSeries(form: SeriesForm): SeriesForm {
  if (typeof form === "string") return legOf(form) === undefined ? form : `leg:${legOf(form)}`;
  const now = !("atm" in form);
  const atm = now ? form["atm@now"] : form.atm;
  if (atm === 0) return `atm_${form.cp.toLowerCase()}${now ? "@now" : ""}`;
  return now ? { "atm@now": atm, cp: form.cp } : { atm, cp: form.cp };
}

export function seriesKey(series: Series): string {
  switch (series.kind) {
    case "contract":
      return `${OPTION_SIDES[series.cp]}${series.atm < 0 ? "" : "+"}${series.atm}${series.now ? "@now" : ""}`;
    case "straddle":
      return series.now ? "straddle@now" : "straddle";
    case "leg":
      return `leg:${series.leg}`;
    default:
      return series.kind;
  }
}

export function seriesKind(series: Series): SeriesKind {
  switch (series.kind) {
    case "spot":
    case "vix":
      return "index";
    case "leg":
      return "contract";
    default:
      return series.kind;
  }
}

/** Whether the contract behind the series changes from second to second. */
export function spliced(series: Series): series is Extract<Series, { readonly now: boolean }> {
  return (series.kind === "contract" || series.kind === "straddle") && !series.now;
}

/** How the own history of a spliced series' contracts is written: `atm_ce@now`. */
export function nowText(series: Extract<Series, { readonly now: boolean }>): string {
  if (series.kind === "straddle") return "straddle@now";
  const side = OPTION_SIDES[series.cp];
  return series.atm === 0 ? `atm_${side.toLowerCase()}@now` : `{atm@now: ${series.atm}, cp: ${side}}`;
}

export function seriesWords(series: Series): string {
  switch (series.kind) {
    case "vix":
      return "India VIX";
    case "future":
      return "the future";
    case "leg":
      return `leg ${series.leg}`;
    case "straddle":
      return series.now ? "the straddle that is ATM now" : "the ATM straddle";
    case "contract":
      return contractWords(series.cp === 0 ? "call" : "put", series.atm, series.now);
    default:
      return series.kind;
  }
}

function contractWords(side: string, atm: number, now: boolean): string {
  if (atm === 0) return now ? `the ${side} that is ATM now` : `the ATM ${side}`;
  const away = `${Math.abs(atm)} ${Math.abs(atm) === 1 ? "step" : "steps"} ${atm > 0 ? "out of" : "in"} the money`;
  return now ? `the ${side} that is ${away} now` : `the ${side} ${away}`;
}
