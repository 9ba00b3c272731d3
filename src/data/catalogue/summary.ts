/** What the user is shown of a folder. */
import { contractKey } from "../../core/market/contract-id.ts";
import type { MarketRules, SymbolName } from "../../core/market/types.ts";
import type { DayNumber, Second } from "../../core/time.ts";
import { isAlive, isDated, type DatedFile } from "./file-dates.ts";
import { holdsSeveral, UNKNOWN_SYMBOL, type CatalogueContract, type ClockProbe, type ColumnMapping, type CoverageDay, type RowKind, type SymbolSummary } from "./types.ts";

/**
 * The contracts that a file is known to hold: by its name, or by its rows.
 * @param only the symbol of everything in the folder, where there is but one: then it is that of rows which name none
 */
export function contractsOf({ file, facts }: Pick<DatedFile, "file" | "facts">, only: SymbolName | undefined, rules: Pick<MarketRules, "actualExpiry">): CatalogueContract[] {
  const { path, layout, kind, symbol, expiry, strike, cp } = file;
  if (kind !== "option") return [];
  if (expiry !== undefined && strike !== undefined && cp !== undefined) return [{ file: path, symbol, expiry, strike, cp, layout }];
  return (facts?.contracts ?? []).flatMap((contract) => {
    if (contract.symbol !== UNKNOWN_SYMBOL) return { file: path, ...contract, layout };
    return only === undefined ? [] : { file: path, ...contract, symbol: only, expiry: rules.actualExpiry(only, contract.expiry), layout };
  });
}

/** `files` are those that may hold rows of the symbol. */
export function summarizeSymbol(symbol: SymbolName, files: readonly Pick<DatedFile, "file" | "facts">[], rules: MarketRules): SymbolSummary {
  const contracts = new Set<string>();
  const perExpiry = new Map<DayNumber, number>();
  let spotFiles = 0;
  let futureFiles = 0;
  for (const one of files) {
    if (one.file.kind === "spot") spotFiles++;
    if (one.file.kind === "future") futureFiles++;
    for (const contract of contractsOf(one, symbol, rules)) {
      const key = contractKey(contract);
      if (contract.symbol !== symbol || contracts.has(key)) continue;
      contracts.add(key);
      perExpiry.set(contract.expiry, (perExpiry.get(contract.expiry) ?? 0) + 1);
    }
  }
  return {
    symbol, spotFiles, futureFiles,
    contracts: contracts.size,
    files: files.length,
    unopened: files.filter(({ file, facts }) => holdsSeveral(file) && facts === undefined).length,
    expiries: [...perExpiry].sort(([a], [b]) => a - b).map(([expiry, count]) => ({ expiry, contracts: count, monthly: rules.isMonthly(symbol, expiry) })),
    spotSource: spotFiles > 0 ? "files" : futureFiles > 0 ? "future" : "synthetic",
    layouts: [...new Set(files.map(({ file }) => file.layout))].sort(),
  };
}

/** Per date, ascending, how many contract files may hold rows, and whether spot and future have a file. */
export function coverageOf(dates: readonly DayNumber[], files: readonly DatedFile[]): CoverageDay[] {
  const counts = { option: new Int32Array(dates.length), spot: new Int32Array(dates.length), future: new Int32Array(dates.length), vix: new Int32Array(dates.length) };
  const place = new Map(dates.map((date, index) => [date, index]));
  for (const { file, dates: held } of files.filter(isDated)) {
    const count = counts[file.kind];
    const first = firstFrom(dates, held.first);
    if (held.exact) {
      for (const date of held.exact) if (isAlive(file, date) && place.has(date)) count[place.get(date) ?? 0]++;
    } else {
      for (let i = first; i < dates.length && dates[i] <= held.last && isAlive(file, dates[i]); i++) count[i]++;
    }
  }
  return dates.map((date, i) => ({ date, contracts: counts.option[i], spot: counts.spot[i] > 0, future: counts.future[i] > 0 }));
}

/** The place of the first of the dates that is not before `from`. */
function firstFrom(dates: readonly DayNumber[], from: DayNumber): number {
  let low = 0;
  let high = dates.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (dates[middle] < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Bars where more of the files looked at hold bars than snapshots (semantics §1.8). */
export function rowKindOf(probes: readonly ClockProbe[]): RowKind {
  const count = (kind: RowKind): number => probes.filter(({ rowKind }) => rowKind === kind).length;
  return count("bar") > count("snapshot") ? "bar" : "snapshot";
}

/** The shortest span of a layout's bars, seconds; undefined where none has been seen. */
export function barSpanOf(probes: readonly ClockProbe[]): Second | undefined {
  const spans = probes.flatMap(({ barSpan }) => barSpan ?? []);
  return spans.length === 0 ? undefined : Math.min(...spans);
}

export function mappingOf(probes: readonly ClockProbe[]): ColumnMapping {
  return Object.assign({}, ...probes.map(({ mapping }) => mapping ?? {}));
}
