/** What the words of a path say: `key=value` parts, dates, the underlying, the kind of series. */
import type { OptionSide, SymbolName } from "../../core/market/types.ts";
import { dayFromParts, type DayNumber } from "../../core/time.ts";
import { optionSide } from "../row-keys.ts";
import type { SeriesKind } from "./types.ts";

/** Columns that stand in the path. */
export interface PathKeys {
  readonly expiry?: DayNumber;
  readonly strike?: number;
  readonly cp?: OptionSide;
  readonly date?: DayNumber;
  readonly symbol?: SymbolName;
}

const KEY = /^([A-Za-z_]+)=(.*)$/;
const YEAR_FIRST = /(?<!\d)(20\d\d)([-_.]?)(\d\d)\2(\d\d)(?!\d)/;
const DAY_FIRST = /(?<!\d)(\d\d)[-_.](\d\d)[-_.](20\d\d)(?!\d)/;

const KEY_NAMES: Readonly<Record<string, keyof PathKeys>> = {
  exp: "expiry", expiry: "expiry", expiry_date: "expiry", expiration: "expiry",
  strike: "strike", strike_price: "strike",
  type: "cp", cp: "cp", opt_type: "cp", option_type: "cp", side: "cp",
  date: "date", trade_date: "date", day: "date", dt: "date",
  symbol: "symbol", underlying: "symbol",
};

/** Reads one part of a path into `keys`; gives the reason when its value means nothing. Parts without a known key say nothing. */
export function readKey(part: string, keys: { -readonly [K in keyof PathKeys]: PathKeys[K] }): string | undefined {
  const match = KEY.exec(part);
  const name = match ? KEY_NAMES[match[1].toLowerCase()] : undefined;
  if (!match || !name) return undefined;
  const value = match[2];
  if (name === "expiry" || name === "date") {
    const found = dateIn(value);
    if (!found || found.rest.trim() !== "") return isDayOfMonth(match[1], value) ? undefined : `"${part}" gives no date; expected ${match[1]}=YYYY-MM-DD`;
    keys[name] = found.date;
  } else if (name === "strike") {
    const strike = Number(value);
    if (value === "" || !(strike > 0)) return `"${part}" gives no strike; expected ${match[1]}= and a number of rupees`;
    keys.strike = strike;
  } else if (name === "cp") {
    const side = optionSide(value);
    if (!side && kindIn(value) !== undefined) return undefined;
    if (!side) return `"${part}" gives no side; expected ${match[1]}=CE or ${match[1]}=PE`;
    keys.cp = side;
  } else {
    keys.symbol = symbolIn(value);
    if (keys.symbol === undefined) return `"${part}" names no underlying that is known; expected one such as BANKNIFTY or NIFTY`;
  }
  return undefined;
}

/** `year=2024/month=08/day=23`: not a date on its own, and nothing that is needed. */
function isDayOfMonth(key: string, value: string): boolean {
  return key.toLowerCase() === "day" && /^\d{1,2}$/.test(value);
}

/** The date in a name, as 2024-08-23, 20240823 or 23-08-2024, and the name without it. */
export function dateIn(text: string): { readonly date: DayNumber; readonly rest: string } | undefined {
  const yearFirst = YEAR_FIRST.exec(text);
  const dayFirst = yearFirst ? null : DAY_FIRST.exec(text);
  const match = yearFirst ?? dayFirst;
  if (!match) return undefined;
  const [year, month, day] = yearFirst ? [match[1], match[3], match[4]] : [match[3], match[2], match[1]];
  const date = dayFromParts(Number(year), Number(month), Number(day));
  if (date === undefined) return undefined;
  return { date, rest: `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}` };
}

/** NIFTY is also the first word of other indices. */
const OTHER_INDICES = "AUTO|BANK|CONSUMPTION|CPSE|ENERGY|FIN|FMCG|INFRA|IT|MEDIA|METAL|MICROCAP|MID|MIDCAP|MIDCP|MNC|NEXT|NXT|OIL|PHARMA|PRIVATE|PSE|PSU|PVT|REALTY|SERV|SERVICES|SMALLCAP|TOTAL|100|200|500";
const END = "(?![A-Z])|(?=FUT|OPT|SPOT|INDEX|IDX)";
const SYMBOL_WORDS: readonly (readonly [SymbolName, RegExp])[] = [
  ["NIFTYNXT50", /(?<![A-Z])NIFTY ?(?:NXT|NEXT) ?50/],
  ["BANKNIFTY", new RegExp(`(?<![A-Z])(?:BANK ?NIFTY|NIFTY ?BANK)(?:${END})`)],
  ["FINNIFTY", new RegExp(`(?<![A-Z])(?:FIN ?NIFTY|NIFTY FIN(?:ANCIAL)? ?SERVICES?)(?:${END})`)],
  ["MIDCPNIFTY", new RegExp(`(?<![A-Z])(?:MIDCP ?NIFTY|NIFTY MID(?:CAP)? ?SELECT)(?:${END})`)],
  ["BANKEX", new RegExp(`(?<![A-Z])BANKEX(?:${END})`)],
  ["SENSEX", new RegExp(`(?<![A-Z])SENSEX(?:${END})`)],
  ["NIFTY", new RegExp(`(?<![A-Z])NIFTY(?! ?(?:${OTHER_INDICES})(?![A-Z0-9]))(?:${END})`)],
];

/** The underlying that a word of a path names. */
export function symbolIn(text: string): SymbolName | undefined {
  const words = plainWords(text);
  return SYMBOL_WORDS.find(([, pattern]) => pattern.test(words))?.[0];
}

/** Words of a name that say nothing about the underlying, such as those of files written by programs. */
const PLAIN_NAME = /^(?:PART\d*\b.*|(?:(?:TICKS?|DATA|ROWS?|DAY|DAILY|FILE|CHUNK|ALL|SPOT|INDEX|INDICES|IDX|CASH|FUT|FUTS|FUTURES?|FUTIDX|OPT|OPTS|OPTIONS?|OPTIDX|PARQUET|SNAPPY|ZSTD|SEC|SECONDS?|MIN|MINUTES?|\d+[A-Z]?)(?: |$))*)$/;

/** Whether a file's name leaves its underlying to its folders and rows: one that names another index does not. */
export function isPlainName(text: string): boolean {
  return PLAIN_NAME.test(plainWords(text).trim());
}

/** Whether a folder names an index that is not one of the underlyings. */
export function namesOtherIndex(text: string): boolean {
  return symbolIn(text) === undefined && /NIFTY|SENSEX/.test(plainWords(text));
}

const KIND_WORDS: readonly (readonly [SeriesKind, RegExp])[] = [
  ["vix", /(?<![A-Z])(?:INDIA)?VIX(?![A-Z])/],
  ["future", /FUT(?:URES?|S|IDX)?(?![A-Z])/],
  ["option", /(?<![A-Z])(?:[A-Z]*NIFTY|SENSEX|BANKEX)?OPT(?:IONS?|S|IDX)?(?![A-Z])/],
  ["spot", /(?:SPOT|INDEX|INDICES|IDX|CASH)(?![A-Z])/],
];

/** The kind of series that a part of a path names. */
export function kindIn(text: string): SeriesKind | undefined {
  const words = plainWords(text);
  return KIND_WORDS.find(([, pattern]) => pattern.test(words))?.[0];
}

function plainWords(text: string): string {
  return text.toUpperCase().replace(/[^A-Z0-9]+/g, " ");
}
