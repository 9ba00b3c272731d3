import { isoDate } from "../core/time.ts";
import type { CatalogueContract, CatalogueSummary } from "../data/catalogue/types.ts";
import { openData, sayProblems, sayProgress } from "./open-data.ts";
import { dataSettings, type DataOptions } from "./options.ts";
import { readRules } from "./read-given-file.ts";
import { count, print, sayOver } from "./words.ts";

export interface CatalogueOptions extends DataOptions {
  readonly json?: true;
}

/** Says what is in a folder. */
export async function catalogueCommand(options: CatalogueOptions): Promise<void> {
  const data = await openData(options.data, dataSettings(options), await readRules(options.rules));
  try {
    const contracts = await data.catalogue.contracts(sayProgress);
    sayOver("");
    const summary = await data.catalogue.summary();
    sayProblems(summary);
    await print(options.json ? JSON.stringify(catalogueJson(summary, contracts), null, 2) : catalogueWords(summary));
  } finally {
    data.close();
  }
}

function catalogueJson(summary: CatalogueSummary, contracts: readonly CatalogueContract[]) {
  return {
    folder: summary.folder,
    files: summary.files,
    empty_files: summary.emptyFiles,
    contracts: contracts.map(({ file, symbol, expiry, strike, cp, layout }) => ({ file, symbol, expiry: isoDate(expiry), strike, cp, layout })),
    symbols: summary.symbols.map((symbol) => ({
      symbol: symbol.symbol,
      contracts: symbol.contracts,
      files: symbol.files,
      expiries: symbol.expiries.map(({ expiry, contracts, monthly }) => ({ expiry: isoDate(expiry), contracts, monthly: monthly ?? null })),
      spot_files: symbol.spotFiles,
      future_files: symbol.futureFiles,
      spot_source: symbol.spotSource,
      layouts: symbol.layouts,
    })),
    zones: summary.zones,
    kinds: summary.kinds,
    mappings: summary.mappings,
    conflicts: summary.conflicts,
    problems: summary.problems,
  };
}

function catalogueWords(summary: CatalogueSummary): string {
  const lines = [`${summary.folder}: ${count(summary.files, "Parquet file")}`];
  for (const { symbol, contracts, files, expiries, spotFiles, futureFiles, spotSource, layouts } of summary.symbols) {
    const span = expiries.length === 0 ? "no expiry" : `${count(expiries.length, "expiry", "expiries")} from ${isoDate(expiries[0].expiry)} to ${isoDate(expiries[expiries.length - 1].expiry)}`;
    lines.push(`${symbol}: ${count(contracts, "contract")} in ${count(files, "file")} (${layouts.join(", ")}), ${span}; ${count(spotFiles, "spot file")}, ${count(futureFiles, "futures file")}; spot from ${spotSource}`);
  }
  for (const { layout, zone, source, bars } of summary.zones) {
    lines.push(`Clocks of ${layout}: ${zone === "ask" ? `not certain; choose with --zone ${layout}=ist-wall or --zone ${layout}=utc` : `${zone} (${source})`}`);
    if (bars) lines.push(`Rows of ${layout}: bars, their clock is the ${bars} of their span; where it is the ${bars === "start" ? "end" : "start"}, say --bar-label ${bars === "start" ? "end" : "start"}`);
    const renamed = Object.entries(summary.mappings[layout] ?? {});
    if (renamed.length > 0) lines.push(`Columns of ${layout} under other names: ${renamed.map(([source, name]) => `${source} → ${name}`).join(", ")}`);
  }
  for (const { symbol, layouts, count: times, example } of summary.conflicts) {
    lines.push(`${symbol} stands in ${layouts.join(" and ")} on the same days (${times} times, ${example}); choose with ${layouts.map((layout) => `--layout ${symbol}=${layout}`).join(" or ")}`);
  }
  const fatal = summary.problems.filter((problem) => problem.fatal).length;
  lines.push(fatal === 0 ? "Every file can be used" : `${count(fatal, "file")} cannot be used; why stands above`);
  return lines.join("\n");
}
