/** The same contract and day in two layouts: found, counted, and settled by the user's choice. */
import { contractKey, contractLabel } from "../../core/market/contract-id.ts";
import type { SymbolName } from "../../core/market/types.ts";
import { isoDate, type DayNumber } from "../../core/time.ts";
import { isDated, mayHold, mayMeet, type DatedFile } from "./file-dates.ts";
import { inGroups } from "./groups.ts";
import type { CatalogueFile, Layout, LayoutConflict, SeriesKind } from "./types.ts";

/** Files that are looked at per symbol and kind to learn at once whether two layouts hold the same. */
const SUSPECTS = 256;

/** What a file holds where its name tells no contract: anything of its kind. */
const ANY = "any";

function unitOf({ kind, symbol, expiry, strike, cp }: CatalogueFile): string {
  if (kind === "option" && expiry !== undefined && strike !== undefined && cp !== undefined) return contractKey({ symbol, expiry, strike, cp });
  return kind === "future" && expiry !== undefined ? String(expiry) : ANY;
}

function layoutsOf(files: readonly CatalogueFile[]): Set<Layout> {
  return new Set(files.map(({ layout }) => layout));
}

/** Files of one symbol whose dates have to be known before anything can be said about conflicts: a sample of them. */
export function conflictSuspects(files: readonly CatalogueFile[]): CatalogueFile[] {
  return [...inGroups(files, ({ kind }) => kind).values()].flatMap((own) => {
    if (layoutsOf(own).size < 2) return [];
    const units = inGroups(own, unitOf);
    const any = units.get(ANY) ?? [];
    const firstDate = any.reduce((least, { date }) => Math.min(least, date ?? -Infinity), Infinity);
    const contested = [...units].flatMap(([unit, held]) => {
      if (unit === ANY) return [];
      const meetsAny = (held[0].expiry ?? Infinity) >= firstDate && any.some(({ layout }) => layout !== held[0].layout);
      return meetsAny || layoutsOf(held).size > 1 ? [held] : [];
    });
    const step = Math.max(1, Math.ceil((contested.length * 2) / SUSPECTS));
    return [...any.filter(({ date }) => date === undefined), ...contested.filter((_, index) => index % step === 0).flat()];
  });
}

/** The conflicts of one symbol among those of its files whose dates are known. */
export function findConflicts(symbol: SymbolName, files: readonly DatedFile[]): LayoutConflict[] {
  const known = files.filter(isDated);
  return [...inGroups(known, ({ file }) => file.kind)].flatMap(([kind, own]) => {
    if (layoutsOf(own.map(({ file }) => file)).size < 2) return [];
    const clashes = clashesOf(own);
    if (clashes.length === 0) return [];
    const layouts = [...layoutsOf(clashes.flat().map(({ file }) => file))].sort();
    return [{ symbol, kind, layouts, count: clashes.length, example: exampleOf(clashes[0]) }];
  });
}

type Clash = readonly [DatedFile, DatedFile];

/** One clash per contract that stands in two layouts, and one per file of no contract that meets another layout. */
function clashesOf(files: readonly DatedFile[]): Clash[] {
  const clashes: Clash[] = [];
  for (const [unit, held] of inGroups(files, ({ file }) => unitOf(file))) {
    if (unit === ANY) {
      for (const one of held) {
        const other = files.find((two) => clash(one, two) && (unitOf(two.file) !== ANY || one.file.layout < two.file.layout));
        if (other) clashes.push([one, other]);
      }
    } else if (layoutsOf(held.map(({ file }) => file)).size > 1) {
      const one = held.find((first) => held.some((second) => clash(first, second)));
      const other = one && held.find((second) => clash(one, second));
      if (one && other) clashes.push([one, other]);
    }
  }
  return clashes;
}

function clash(one: DatedFile, two: DatedFile): boolean {
  return one.file.layout !== two.file.layout && mayMeet(one.dates, two.dates);
}

function exampleOf([one, other]: Clash): string {
  const { symbol, expiry, strike, cp, date } = one.file;
  const what =
    expiry !== undefined && strike !== undefined && cp !== undefined ? contractLabel({ symbol, expiry, strike, cp })
    : date !== undefined ? isoDate(date)
    : symbol;
  return `${what}: ${one.file.path} and ${other.file.path}`;
}

/** What the user's pick for a symbol settles. */
export interface Settled {
  /** The layout that answers for each kind. */
  readonly picked: ReadonlyMap<SeriesKind, Layout>;
  /** Conflicts that the pick leaves open. */
  readonly open: readonly LayoutConflict[];
}

/**
 * Takes the pick for one symbol to all of its conflicts. Where the picked layout does not take part, because it does not hold
 * that kind, the layout answers that is left when those which lost to the pick elsewhere are taken away.
 */
export function settle(conflicts: readonly LayoutConflict[], picked: Layout | undefined): Settled {
  if (picked === undefined) return { picked: new Map(), open: conflicts };
  const lost = new Set(conflicts.filter(({ layouts }) => layouts.includes(picked)).flatMap(({ layouts }) => layouts));
  const answers = new Map<SeriesKind, Layout>();
  const open: LayoutConflict[] = [];
  for (const conflict of conflicts) {
    const left = conflict.layouts.includes(picked) ? [picked] : conflict.layouts.filter((layout) => !lost.has(layout));
    if (left.length === 1) answers.set(conflict.kind, left[0]);
    else open.push(conflict);
  }
  return { picked: answers, open };
}

/**
 * For each date the paths of files that give way to the picked layout of their kind, because it may hold the same contract
 * on that date. Files of other layouts go on to serve the contracts and dates that the picked one does not have.
 */
export function givingWay(files: readonly DatedFile[], picked: ReadonlyMap<SeriesKind, Layout>): (date: DayNumber) => ReadonlySet<string> {
  const kinds = [...picked].map(([kind, layout]) => {
    const own = files.filter(({ file }) => file.kind === kind);
    return { chosen: inGroups(own.filter(({ file }) => file.layout === layout), ({ file }) => unitOf(file)), others: own.filter(({ file }) => file.layout !== layout) };
  });
  return (date) => {
    const paths = new Set<string>();
    for (const { chosen, others } of kinds) {
      const held = new Set([...chosen].flatMap(([unit, own]) => (own.some(({ dates }) => mayHold(dates, date)) ? [unit] : [])));
      if (held.size === 0) continue;
      for (const { file, dates } of others) {
        const unit = unitOf(file);
        if (mayHold(dates, date) && (unit === ANY || held.has(ANY) || held.has(unit))) paths.add(file.path);
      }
    }
    return paths;
  };
}
