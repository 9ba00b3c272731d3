/** Finished days, kept: the same day of the same variant over the same rows is not simulated twice. */
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { piecesOf, outcomeOf, type DayPiece } from "../../core/results/day-pieces.ts";
import type { DayOutcome, FileFingerprint } from "../../core/results/types.ts";
import { addQuality, noQuality, type QualityCounts } from "../../core/grid/slice.ts";
import { looksBack as looksAtEarlierDates } from "../../core/engine/instruments.ts";
import { verdictOf } from "../../core/engine/plan.ts";
import { runDate, type DatePass } from "../../core/engine/run-date.ts";
import type { SymbolName } from "../../core/market/types.ts";
import { compileStrategy } from "../../core/strategy/compile.ts";
import { partsOf } from "../../core/strategy/parts.ts";
import type { ParsedStrategy, Strategy } from "../../core/strategy/types.ts";
import { isoDate, type DayNumber } from "../../core/time.ts";
import type { CountedDay, Instrument } from "../day-data.ts";
import { comparePaths } from "../data-files.ts";
import type { FileStates } from "./file-states.ts";
import type { SegmentStore } from "./segment-store.ts";
import type { Shelf } from "./segment-name.ts";

/** Variants of larger sweeps are kept together, as one. */
const MOST_APART = 64;

/** Variants that are kept as one entry. */
interface Unit {
  readonly variants: readonly number[];
  readonly symbol: SymbolName;
  readonly hash: string;
}

interface AboutDay {
  readonly files: readonly FileFingerprint[];
  readonly instruments: readonly Instrument[];
  readonly pieces: readonly DayPiece[];
}

export interface KeptDaysOptions {
  readonly store: SegmentStore;
  readonly states: FileStates;
  /** What is kept by another version is not used. */
  readonly version: string;
}

export interface KeptPass extends Omit<DatePass, "open"> {
  readonly open: (symbol: SymbolName, place: number) => CountedDay | undefined;
}

export class KeptDays {
  readonly #options: KeptDaysOptions;
  readonly #units = new WeakMap<ParsedStrategy, readonly Unit[]>();

  constructor(options: KeptDaysOptions) {
    this.#options = options;
  }

  /** The outcomes of `runDate`, with what was kept taken over and the rest computed, by `compute`, and kept. */
  async run(pass: KeptPass, compute = runDate): Promise<DayOutcome[]> {
    const { date, strategies } = pass;
    const known = await Promise.all(strategies.map(({ strategy, recordSample }, place) => this.#find(pass, strategy, recordSample, place)));
    const left = known.flatMap(({ missing }, place) => (missing.length > 0 ? [place] : []));
    const partial = left.map((place) => restricted(strategies[place].strategy, known[place].missing));
    const days = new Map<string, CountedDay | undefined>();
    const computed = left.length === 0 ? [] : await compute({
      ...pass,
      strategies: left.map((place, i) => ({ ...strategies[place], strategy: partial[i] })),
      open: (symbol, i) => {
        const day = pass.open(symbol, left[i]);
        days.set(`${symbol} ${i}`, day);
        return day;
      },
    });
    for (const [i, outcome] of computed.entries()) await this.#keep(date, partial[i], outcome, strategies[left[i]].recordSample, (symbol) => days.get(`${symbol} ${i}`));
    return strategies.map(({ strategy, recordSample }, place) => {
      const i = left.indexOf(place);
      const { kept, missing } = known[place];
      if (i >= 0 && missing.length === strategy.variants.length) return computed[i];
      const pieces = new Map<number, DayPiece>(kept.flatMap(({ unit, about }) => unit.variants.map((variant, at) => [variant, about.pieces[at]] as const)));
      if (i >= 0) for (const [variant, piece] of piecesOf(partial[i], computed[i], recordSample)) pieces.set(missing[variant], piece);
      const own = i < 0 ? [] : [...days].flatMap(([key, day]) => (day && key.endsWith(` ${i}`) ? [{ symbol: key.slice(0, -` ${i}`.length), files: day.report().files, instruments: day.instruments() }] : []));
      return {
        ...outcomeOf(strategy, date, pieces, recordSample),
        ...reportOf([...kept.map(({ unit, about }) => ({ symbol: unit.symbol, ...about })), ...own]),
        milliseconds: i < 0 ? { load: 0, simulate: 0 } : computed[i].milliseconds,
      };
    });
  }

  /** What is kept of a strategy's date, and the variants that want it and are not. */
  async #find({ date, rules, open }: KeptPass, strategy: ParsedStrategy, recordSample: boolean, place: number) {
    const wanting = new Set(partsOf(strategy).filter((part) => verdictOf(strategy, part, rules, date) === "run").flatMap(({ variants }) => variants));
    const kept: { readonly unit: Unit; readonly about: AboutDay }[] = [];
    const missing: number[] = [];
    const days = new Map<SymbolName, CountedDay | undefined>();
    for (const unit of this.#unitsOf(strategy)) {
      const variants = unit.variants.filter((variant) => wanting.has(variant));
      if (variants.length === 0) continue;
      if (!days.has(unit.symbol)) days.set(unit.symbol, open(unit.symbol, place));
      const day = days.get(unit.symbol);
      const about = day && variants.length === unit.variants.length ? await this.#lookUp(unit, date, day) : undefined;
      if (about && (!recordSample || about.pieces.every(({ sample }) => sample))) kept.push({ unit, about });
      else missing.push(...variants);
    }
    return { kept, missing: missing.sort((a, b) => a - b) };
  }

  async #lookUp(unit: Unit, date: DayNumber, day: CountedDay): Promise<AboutDay | undefined> {
    const found = await this.#options.store.find(shelfOf(unit, date), this.#key(unit, date, day));
    const about = found?.about as AboutDay | undefined;
    return about && (await this.#options.states.allSame(about.files)) ? about : undefined;
  }

  async #keep(date: DayNumber, strategy: ParsedStrategy, outcome: DayOutcome, recorded: boolean, dayOf: (symbol: SymbolName) => CountedDay | undefined): Promise<void> {
    const pieces = piecesOf(strategy, outcome, recorded);
    for (const unit of this.#unitsOf(strategy)) {
      const day = dayOf(unit.symbol);
      const own = unit.variants.flatMap((variant) => pieces.get(variant) ?? []);
      // A file that could not be read may be there the next time.
      const passing = own.some(({ day: became }) => became.kind === "not_run" && became.reason === "unreadable");
      if (!day || own.length < unit.variants.length || passing || looksBack(strategy, unit)) continue;
      const about: AboutDay = { files: day.report().files, instruments: day.instruments(), pieces: own };
      await this.#options.store.put(shelfOf(unit, date), this.#key(unit, date, day), about, new Uint8Array());
    }
  }

  #key({ hash }: Unit, date: DayNumber, day: CountedDay): string {
    return JSON.stringify([this.#options.version, hash, date, day.inputs()]);
  }

  #unitsOf(strategy: ParsedStrategy): readonly Unit[] {
    let units = this.#units.get(strategy);
    if (!units) this.#units.set(strategy, (units = unitsOf(strategy)));
    return units;
  }
}

function unitsOf({ variants }: ParsedStrategy): Unit[] {
  const bySymbol = new Map<SymbolName, number[]>();
  variants.forEach(({ strategy: { universe } }, index) => bySymbol.set(universe.symbol, [...(bySymbol.get(universe.symbol) ?? []), index]));
  const groups = variants.length <= MOST_APART ? variants.map((_, index) => [index]) : [...bySymbol.values()];
  return groups.map((group) => ({ variants: group, symbol: variants[group[0]].strategy.universe.symbol, hash: bytesToHex(sha256(utf8ToBytes(JSON.stringify(group.map((index) => daily(variants[index].strategy)))))) }));
}

/** All that decides what a variant does on a date that it wants: everything but its name and which dates those are. */
function daily({ name: _, time: { window }, ...rest }: Strategy) {
  return { window, ...rest };
}

/** What such a variant does depends on other dates too. */
function looksBack({ variants }: ParsedStrategy, unit: Unit): boolean {
  return looksAtEarlierDates(unit.variants.map((variant) => compileStrategy(variants[variant].strategy)));
}

const parts = new WeakMap<ParsedStrategy, Map<string, ParsedStrategy>>();

/** The same object for the same variants, so that what is worked out from it is worked out once. */
function restricted(strategy: ParsedStrategy, variants: readonly number[]): ParsedStrategy {
  if (variants.length === strategy.variants.length) return strategy;
  const known = parts.get(strategy) ?? new Map<string, ParsedStrategy>();
  parts.set(strategy, known);
  const key = variants.join();
  const found = known.get(key) ?? { ...strategy, variants: variants.map((variant) => strategy.variants[variant]) };
  known.set(key, found);
  return found;
}

function shelfOf({ symbol }: Unit, date: DayNumber): Shelf {
  return { kind: "days", symbol, month: isoDate(date).slice(0, 7) };
}

/** Files and counts of all that took part: what one has read another has not read again. */
function reportOf(read: readonly { readonly symbol: SymbolName; readonly files: readonly FileFingerprint[]; readonly instruments: readonly Instrument[] }[]): Pick<DayOutcome, "files" | "quality" | "contractsRead"> {
  const files = new Map(read.flatMap((one) => one.files.map((file) => [file.path, file] as const)));
  const instruments = new Map(read.flatMap(({ symbol, instruments: own }) => own.map((one) => [`${symbol} ${one.key}`, one] as const)));
  const quality: QualityCounts = noQuality();
  for (const one of instruments.values()) addQuality(quality, one.quality);
  return { files: [...files.values()].sort((a, b) => comparePaths(a.path, b.path)), quality, contractsRead: [...instruments.values()].filter(({ contract }) => contract).length };
}
