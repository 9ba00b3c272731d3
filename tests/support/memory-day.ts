import { readFileSync } from "node:fs";
import { contractKey, type ContractId } from "../../src/core/market/contract-id.ts";
import { defaultRules } from "../../src/core/market/rules.ts";
import { instantiateKernels, type Kernels } from "../../src/core/kernels.ts";
import { noQuality, type Slice } from "../../src/core/grid/slice.ts";
import type { DayData, NamedStrike } from "../../src/core/engine/ports.ts";
import type { DayNumber } from "../../src/core/time.ts";

/** The compiled kernels, for tests under Node. */
export function testKernels(): Kernels {
  return instantiateKernels(new WebAssembly.Module(readFileSync(new URL("../../build/kernels.wasm", import.meta.url))));
}

export const rules = defaultRules;

/** A row of a slice: second of the day, and paise. */
export interface SliceRow {
  readonly second: number;
  readonly price?: number;
  readonly bid?: number;
  readonly ask?: number;
  readonly priceSecond?: number;
}

export function sliceOf(rows: readonly SliceRow[]): Slice {
  const column = (of: (row: SliceRow) => number | undefined) => Int32Array.from(rows, (row) => of(row) ?? 0);
  return {
    length: rows.length,
    second: column((row) => row.second),
    price: column((row) => row.price),
    priceSecond: column((row) => row.priceSecond ?? row.second),
    bid: column((row) => row.bid),
    ask: column((row) => row.ask),
    fields: new Map(),
    quality: noQuality(),
  };
}

export interface MemoryDay {
  readonly date: DayNumber;
  readonly spot?: Slice;
  readonly future?: Slice;
  readonly vix?: Slice;
  /** By contract; the names of a day are those given here. */
  readonly contracts: readonly (readonly [ContractId, Slice | undefined])[];
}

/** A DayData over slices in memory. `loads` lists the contracts asked for, in order. */
export function memoryDay(day: MemoryDay): DayData & { readonly loads: string[] } {
  const byKey = new Map(day.contracts.map(([id, slice]) => [contractKey(id), slice]));
  const loads: string[] = [];
  return {
    date: day.date,
    loads,
    expiries: async () => [...new Set(day.contracts.map(([id]) => id.expiry))].filter((e) => e >= day.date).sort((a, b) => a - b),
    strikes: async (expiry) => {
      const strikes = new Map<number, NamedStrike>();
      for (const [id] of day.contracts) {
        if (id.expiry !== expiry) continue;
        const known = strikes.get(id.strike) ?? { strike: id.strike, ce: false, pe: false };
        strikes.set(id.strike, { ...known, [id.cp === "CE" ? "ce" : "pe"]: true });
      }
      return [...strikes.values()].sort((a, b) => a.strike - b.strike);
    },
    load: async (contracts) => {
      loads.push(...contracts.map(contractKey));
      return contracts.map((id) => byKey.get(contractKey(id)));
    },
    spot: async () => day.spot,
    future: async () => day.future,
    vix: async () => day.vix,
    previous: () => undefined,
    recall: (_, work) => work(),
    hasRows: async () => true,
    report: () => ({ files: [], quality: noQuality(), contracts: loads.length }),
  };
}
