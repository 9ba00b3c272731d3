/** From paths to catalogued files, by names alone. */
import { contractKey } from "../../core/market/contract-id.ts";
import { readingsOf, resolveNames, type FutureResult, type NameResult, type OptionName } from "../../core/market/contract-name.ts";
import type { MarketRules } from "../../core/market/types.ts";
import { isoDate, type DayNumber } from "../../core/time.ts";
import { dateIn, isPlainName, kindIn, namesOtherIndex, readKey, symbolIn, type PathKeys } from "./path-words.ts";
import { UNKNOWN_SYMBOL, VIX_SYMBOL, type CatalogueFile, type FileProblem, type SeriesKind } from "./types.ts";

export interface Named {
  /** In the order of the paths given. */
  readonly files: readonly CatalogueFile[];
  readonly problems: readonly FileProblem[];
}

/** What the folders above a file say. */
interface FolderWords {
  readonly keys: PathKeys;
  readonly fault: string | undefined;
  readonly symbol: string | undefined;
  readonly kind: SeriesKind | undefined;
  /** A folder whose whole name is a date. */
  readonly date: DayNumber | undefined;
  /** A folder named YYYYMM, as the packed layout has. */
  readonly month: boolean;
  /** The folder without its key=value parts: names below it are of one style. */
  readonly source: string;
}

/** Reads all paths of a folder. A path that says nothing, or two things, becomes a problem and costs that file only. */
export function readPaths(paths: readonly string[], rules: MarketRules): Named {
  const folders = new Map<string, FolderWords>();
  const sources = new Map<string, string[]>();
  const split = paths.map((path) => {
    const slash = path.lastIndexOf("/");
    const folder = slash < 0 ? "" : path.slice(0, slash);
    const stem = path.slice(slash + 1).replace(/\.(parquet|parq)$/i, "");
    let words = folders.get(folder);
    if (!words) folders.set(folder, (words = folderWords(folder)));
    let stems = sources.get(words.source);
    if (!stems) sources.set(words.source, (stems = []));
    stems.push(stem);
    return { path, stem, words };
  });
  const names = new Map<string, Map<string, NameResult>>();
  for (const [source, stems] of sources) names.set(source, resolveNames(stems, rules));

  const files: CatalogueFile[] = [];
  const problems: FileProblem[] = [];
  for (const { path, stem, words } of split) {
    const read = readPath(path, stem, words, names.get(words.source)?.get(stem), rules);
    if ("message" in read) problems.push(read);
    else files.push(read);
  }
  return { files, problems: [...problems, ...unknownExpiries(files, rules)] };
}

function folderWords(folder: string): FolderWords {
  const keys: PathKeys = {};
  const parts = folder === "" ? [] : folder.split("/");
  let fault: string | undefined;
  let symbol: string | undefined;
  let kind: SeriesKind | undefined;
  let date: DayNumber | undefined;
  for (const part of parts) {
    fault ??= readKey(part, keys);
    kind = kindIn(part.slice(part.indexOf("=") + 1)) ?? kind;
    if (part.includes("=")) continue;
    symbol = symbolIn(part) ?? symbol;
    if (namesOtherIndex(part)) fault ??= `the folder "${part}" names no underlying that is known; expected one such as BANKNIFTY or NIFTY`;
    const found = dateIn(part);
    if (found && found.rest.trim() === "") date = found.date;
  }
  return {
    keys, fault, symbol: keys.symbol ?? symbol, kind, date,
    month: parts.some((part) => /^20\d\d(0[1-9]|1[0-2])$/.test(part)),
    source: parts.filter((part) => !part.includes("=")).join("/"),
  };
}

function readPath(path: string, stem: string, words: FolderWords, name: NameResult | undefined, rules: MarketRules): CatalogueFile | FileProblem {
  const keys = { ...words.keys };
  const fault = words.fault ?? readKey(stem, keys);
  if (fault !== undefined) return problem(path, "unreadable_name", `${fault}; rename it`);
  if (name?.ok) return namedContract(path, name, keys, rules);
  if (name?.kind === "ambiguous_name") return problem(path, "ambiguous_name", name.message);
  if (name && readingsOf(stem).length > 0) return problem(path, name.kind, name.message);
  return unnamed(path, stem, words, keys, rules) ?? problem(path, "unreadable_name", nothingSaid(stem, words));
}

/** A file named like a contract. Keys in its path have to say the same. */
function namedContract(path: string, name: OptionName | FutureResult, keys: PathKeys, rules: MarketRules): CatalogueFile | FileProblem {
  const layout = keys.date === undefined ? "raw" : "day";
  const date = keys.date === undefined ? {} : { date: keys.date };
  if (name.kind === "future") {
    const { symbol, expiry, continuous } = name.contract;
    if (continuous !== undefined && continuous > 1) {
      return problem(path, "unreadable_name", `the name says the future ${continuous} months ahead; only the nearest one is used (-I, _F1), or futures named by their month, such as ${symbol}25AUGFUT; take the file out or rename it`);
    }
    const said = disagreement(keys, { symbol, expiry }, rules);
    if (said) return problem(path, "ambiguous_name", said);
    return { path, layout, kind: "future", symbol, ...(expiry !== undefined && { expiry }), ...date };
  }
  const said = disagreement(keys, name.contract, rules);
  if (said) return problem(path, "ambiguous_name", said);
  return { path, layout, kind: "option", ...name.contract, ...date };
}

function disagreement(keys: PathKeys, named: { symbol: string; expiry?: DayNumber; strike?: number; cp?: string }, rules: MarketRules): string | undefined {
  const expiry = keys.expiry === undefined ? undefined : rules.actualExpiry(named.symbol, keys.expiry);
  const differs = (of: string, inPath: string | number | undefined, inName: string | number | undefined): string | undefined =>
    inPath !== undefined && inName !== undefined && inPath !== inName ? `the folder says ${of} ${inPath}, the file's name ${inName}; rename one of them` : undefined;
  return differs("symbol", keys.symbol, named.symbol)
    ?? differs("expiry", expiry && isoDate(expiry), named.expiry && isoDate(named.expiry))
    ?? differs("strike", keys.strike, named.strike)
    ?? differs("side", keys.cp, named.cp);
}

/** A file whose own name is no contract: packed, a day partition, or a series. */
function unnamed(path: string, stem: string, words: FolderWords, keys: PathKeys, rules: MarketRules): CatalogueFile | undefined {
  const dated = dateIn(stem);
  const own = stem.includes("=") ? "" : (dated?.rest ?? stem);
  const isOption = keys.strike !== undefined || keys.cp !== undefined;
  const kind = isOption ? "option" : (kindIn(own) ?? words.kind);
  if (kind === undefined) return undefined;
  const date = keys.date ?? dated?.date ?? words.date;
  // Next to contract files a name that says nothing is a contract's name gone wrong, not a file of many contracts.
  if (kind === "option" && date === undefined && keys.expiry === undefined && kindIn(own) !== "option") return undefined;
  // Rows of a day's options name their underlying; a file of any other kind that has a name of its own may be of another index.
  const isDayPart = kind === "option" && words.keys.date !== undefined && !namesOtherIndex(own);
  if (kind !== "vix" && !isDayPart && keys.symbol === undefined && symbolIn(own) === undefined && !isPlainName(own)) return undefined;
  const symbol = kind === "vix" ? VIX_SYMBOL : (keys.symbol ?? symbolIn(own) ?? words.symbol ?? UNKNOWN_SYMBOL);
  return {
    path, kind, symbol,
    layout: layoutOf(stem, words, keys, kind, date),
    ...(keys.expiry !== undefined && { expiry: rules.actualExpiry(symbol, keys.expiry) }),
    ...(keys.strike !== undefined && { strike: keys.strike }),
    ...(keys.cp !== undefined && { cp: keys.cp }),
    ...(date !== undefined && { date }),
  };
}

function layoutOf(stem: string, words: FolderWords, keys: PathKeys, kind: SeriesKind, date: DayNumber | undefined): CatalogueFile["layout"] {
  const isPacked = keys.date === undefined ? keys.expiry !== undefined || keys.strike !== undefined : words.month || (stem.toLowerCase() === "ticks" && words.symbol !== undefined);
  if (isPacked) return "packed";
  return words.keys.date !== undefined || (kind === "option" && date !== undefined) ? "day" : "series";
}

function nothingSaid(stem: string, words: FolderWords): string {
  const symbol = symbolIn(stem) ?? words.symbol;
  return symbol === undefined
    ? `neither "${stem}" nor its folders say what the file holds; expected a contract such as BANKNIFTY25AUG48000CE, or words such as banknifty_spot, nifty_futures, india_vix; rename the file or its folder`
    : `the path says ${symbol}, but not of what; expected a contract such as ${symbol}25AUG48000CE, or a word such as spot, futures or options in the name or a folder; rename the file or its folder`;
}

/** One report for all files of an expiry that the rules do not know. The files are used all the same. */
function unknownExpiries(files: readonly CatalogueFile[], rules: MarketRules): FileProblem[] {
  const checked = new Map<string, { first: CatalogueFile; count: number } | undefined>();
  for (const file of files) {
    if (file.expiry === undefined || file.symbol === UNKNOWN_SYMBOL) continue;
    const key = contractKey({ symbol: file.symbol, expiry: file.expiry, strike: 0, cp: "CE" });
    const found = checked.get(key);
    if (found) found.count++;
    else if (!checked.has(key)) checked.set(key, rules.isMonthly(file.symbol, file.expiry) === undefined ? { first: file, count: 1 } : undefined);
  }
  return [...checked.values()].flatMap((unknown) => {
    if (!unknown) return [];
    const { first, count } = unknown;
    const others = count > 1 ? ` (and ${count - 1} more files of it)` : "";
    return [{
      path: first.path, kind: "unknown_expiry" as const, fatal: false,
      message: `the market rules ${rules.version} know no ${first.symbol} expiry on ${isoDate(first.expiry ?? 0)}${others}; the file is used with that date; check its name`,
    }];
  });
}

function problem(path: string, kind: FileProblem["kind"], message: string): FileProblem {
  return { path, kind, fatal: true, message };
}
