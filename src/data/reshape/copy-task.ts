import { contractKey, type ContractId } from "../../core/market/contract-id.ts";
import type { CopyKind } from "../../core/reshape/options.ts";
import { isoDate, type DayNumber } from "../../core/time.ts";
import type { DayChunk } from "../catalogue/types.ts";
import { ParquetError } from "../ports.ts";
import { planOutputs, type CopyContext, type CopyOutput, type FileFailure } from "./copy-rows.ts";
import { writeOutputs, type WrittenOutput } from "./copy-output.ts";
import type { CopyTarget } from "./copy-target.ts";
import { completeUnit, type CopyUnit, type UnitRecord } from "./copy-units.ts";

/** The units of some files: days of one kind, or a contract. */
export interface CopyWork {
  readonly kind: CopyKind;
  readonly units: readonly CopyUnit[];
  /** Dates wanted of each file, by its path; those of the chunk where absent. */
  readonly datesOf?: Readonly<Record<string, readonly DayNumber[]>>;
  /** Of a copy by contract: those that the units may be of. */
  readonly contracts?: readonly ContractId[];
}

/** How a contract is named in the id of its unit. */
export function contractWord(contract: ContractId): string {
  return contractKey(contract).replaceAll("|", "-").toLowerCase();
}

/** What a unit of the days layout is called; of the contracts layout the contract stands for the date. */
export function unitId(symbol: string, kind: CopyKind, what: string): string {
  return `${symbol.toLowerCase()}/${kind}-${what}`;
}

/** Copies, proves and completes the units. A source that cannot be read is left out and said in their records. */
export async function copyUnits(context: CopyContext, target: CopyTarget, chunk: DayChunk, { kind, units, datesOf, contracts }: CopyWork): Promise<UnitRecord[]> {
  const { symbol } = chunk;
  const ofChunk = new Set(chunk.dates);
  const ids = new Set(units.map(({ id }) => id));
  const wanted = contracts?.filter((contract) => ids.has(unitId(symbol, kind, contractWord(contract))));
  const failures = new Map<string, FileFailure>();
  const failed = (failure: FileFailure): void => void failures.set(failure.file.path, failure);
  for (;;) {
    const files = chunk.files.filter(({ path }) => !failures.has(path));
    const dates = new Map(files.map((file) => [file, datesOf ? new Set(datesOf[file.path] ?? []) : ofChunk]));
    const outputs = await planOutputs(context, { symbol, files, datesOf: (file) => dates.get(file)!, contracts: wanted }, kind, failed);
    let written: WrittenOutput[];
    try {
      written = await writeOutputs(context, target, outputs);
    } catch (error) {
      const file = error instanceof ParquetError && files.find(({ path }) => path === error.path);
      if (!file) throw error;
      // Its clocks could be read, its other columns cannot: all that it had a part in is written again without it.
      failed({ file, error });
      continue;
    }
    const leftOut = [...failures.values()].map(({ file, error }) => ({ path: file.path, message: error.detail }));
    const records: UnitRecord[] = [];
    for (const unit of units) records.push(await completeUnit(target, unit, written.filter(({ output }) => isOf(unit, symbol, output)), leftOut));
    return records;
  }
}

function isOf({ id, kind }: CopyUnit, symbol: string, { of }: CopyOutput): boolean {
  return id === unitId(symbol, kind, typeof of === "number" ? isoDate(of) : contractWord(of));
}
