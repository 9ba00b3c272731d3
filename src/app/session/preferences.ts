/** What the page remembers between visits, apart from the folder. */
import { createEffect, createRoot } from "solid-js";
import { createStore, type SetStoreFunction } from "solid-js/store";
import type { ResultUnit } from "../../core/results/result-unit.ts";
import type { ReaderName } from "../../data/ports.ts";
import type { AskedQuery } from "../sql/sql-session.ts";
import type { DatedScan } from "./scan-session.ts";

export type Theme = "system" | "light" | "dark";

export type Face = "builder" | "yaml";

export interface Preferences {
  theme: Theme;
  reader: ReaderName;
  /** Workers that run days; 0 lets the page choose. */
  workers: number;
  /** Room for what is kept between runs; 0 keeps nothing. */
  cacheGigabytes: number;
  /** Reads what the strategy that is open needs before it is run. */
  readAhead: boolean;
  /** Which face of the strategy editor is looked at. */
  face: Face;
  /** Parts of the builder that are open. */
  parts: readonly string[];
  /** Of the left pane, CSS pixels. */
  leftWidth: number;
  /** The cuts of the results have the whole width, above the equity. */
  wideCuts: boolean;
  /** The unit in which results are read. */
  unit: ResultUnit;
  /** What one lot ties up, rupees: the base of a return. */
  capitalPerLot: number;
  /** Tells when a long run has ended while the page is not looked at. */
  notify: boolean;
  /** File name of the chosen ready-made strategy. */
  strategy: string;
  /** File names of the ready-made strategies that run together; empty: the chosen one runs alone. */
  ticked: readonly string[];
  /** Texts of ready-made strategies that the user has changed, by file name. */
  edits: Record<string, string>;
  /** Texts of the user's own strategies, by id. */
  own: Record<string, string>;
  /** Data health: days beyond these are not run. By the key of the measure; none: every day is. */
  thresholds: Record<string, number>;
  /** Dates, YYYY-MM-DD, that run whatever the thresholds say. */
  overruled: readonly string[];
  /** File name of the chosen ready-made study. */
  study: string;
  /** Texts of studies that the user has changed, by file name. */
  studyEdits: Record<string, string>;
  /** How fast this machine was when it was measured last. */
  scan: DatedScan | null;
  /** The text in the SQL console. */
  query: string;
  /** Queries that were run, the latest first. */
  queries: readonly AskedQuery[];
  /** Megabytes that a query may take. */
  queryMemory: number;
}

const KEY = "straddle";
const WIDE_LEFT = 400;
/** In a window that has no more for both panes than this, the strategy leaves more of it to the results. */
const NARROW_WINDOW = 1_200;
const NARROW_LEFT = 336;
const DEFAULTS: Preferences = {
  theme: "system", reader: "parquet-wasm", workers: 0, cacheGigabytes: 20, readAhead: true, face: "builder", parts: [], leftWidth: WIDE_LEFT, wideCuts: false, unit: "rupees", capitalPerLot: 150_000, notify: false,
  strategy: "atm-hourly-straddle", ticked: [], edits: {}, own: {}, thresholds: {}, overruled: [], study: "mondays-open-close", studyEdits: {}, scan: null, query: "", queries: [], queryMemory: 1_024,
};

/** @param windowWidth at the first visit, CSS pixels */
export function createPreferences(storage: Storage, windowWidth: number): [Preferences, SetStoreFunction<Preferences>] {
  const [preferences, setPreferences] = createStore<Preferences>({ ...DEFAULTS, leftWidth: windowWidth < NARROW_WINDOW ? NARROW_LEFT : WIDE_LEFT, ...stored(storage) });
  createRoot(() => createEffect(() => storage.setItem(KEY, JSON.stringify(preferences))));
  return [preferences, setPreferences];
}

/** Only values of the right type: an older or a damaged entry must not break the page. */
function stored(storage: Storage): Partial<Preferences> {
  const found: unknown = readJson(storage.getItem(KEY));
  if (typeof found !== "object" || found === null) return {};
  const kept = Object.entries(found).filter(([key, value]) => key in DEFAULTS && kindOf(value) === kindOf(DEFAULTS[key as keyof Preferences]));
  return Object.fromEntries(kept) as Partial<Preferences>;
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? "list" : typeof value;
}

function readJson(text: string | null): unknown {
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
