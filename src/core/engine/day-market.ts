/**
 * One expiry of one symbol on one date, as far as it has been looked at. Contracts are read when the simulation asks
 * for them: it throws NeedContracts, `supply` reads what is wanted, and the simulation runs again from its start.
 */
import type { Kernels } from "../kernels.ts";
import type { ContractId } from "../market/contract-id.ts";
import type { Session, SymbolName } from "../market/types.ts";
import { OPTION_SIDES } from "../results/types.ts";
import type { DayNumber } from "../time.ts";
import type { Slice } from "../grid/slice.ts";
import { GridView } from "./grid-view.ts";
import { PathStore } from "./path-store.ts";
import type { DayData, NamedStrike } from "./ports.ts";

/** Thrown by the simulation when it meets contracts that have not been read. Caught by the day job alone. */
export class NeedContracts extends Error {
  override readonly name = "NeedContracts";
}
const NEED = new NeedContracts("contracts have to be read first");

export const CE = OPTION_SIDES.indexOf("CE");
export const PE = OPTION_SIDES.indexOf("PE");
const TABLE_BYTES = 64;
/** The five arrays of a grid: see assembly/grid.ts. */
export const GRID_ARRAYS = 5;

/** Memory for an instrument's grid, filled from its rows. `since` chooses what a price's age counts from. */
export function buildGrid(kernels: Kernels, slice: Slice, session: Session, stride: number, since: "price" | "row"): GridView {
  const pointer = kernels.run.alloc(GRID_ARRAYS * stride * 4);
  kernels.scoped(() => {
    const put = (column: Int32Array) => {
      const at = kernels.run.alloc(column.length * 4);
      kernels.i32.set(column, at >> 2);
      return at;
    };
    const second = put(slice.second);
    const priceSecond = since === "price" ? put(slice.priceSecond) : second;
    kernels.run.grid(second, put(slice.price), priceSecond, put(slice.bid), put(slice.ask), slice.length, session.open, session.close - session.open, stride, pointer);
  });
  return new GridView(kernels, pointer, stride);
}

/** Slots of a grid's arrays: the session, filled up to a whole SIMD vector. */
export function strideOf(session: Session): number {
  return (session.close - session.open + 3) & ~3;
}

export class DayMarket {
  /** Seconds of the session. */
  readonly seconds: number;
  readonly stride: number;
  /** By contract number (strike index × 2 + side): undefined unknown, null not listed. */
  private readonly slices: (Slice | null | undefined)[];
  private readonly grids: (GridView | undefined)[];
  private readonly wanted = new Set<number>();
  /** P&L by second of what has been held today. */
  readonly paths: PathStore;
  /** Room for small tables of a kernel call. */
  readonly table: number;

  constructor(
    readonly kernels: Kernels,
    readonly session: Session,
    readonly data: DayData,
    readonly symbol: SymbolName,
    readonly date: DayNumber,
    readonly expiry: DayNumber,
    readonly strikes: readonly NamedStrike[],
  ) {
    this.seconds = session.close - session.open;
    this.stride = strideOf(session);
    this.slices = strikes.flatMap(({ ce, pe }) => [ce ? undefined : null, pe ? undefined : null]);
    this.grids = new Array(this.slices.length);
    this.paths = new PathStore(kernels, this.seconds, this.stride, (contract) => this.grid(contract).pointer);
    this.table = kernels.run.alloc(TABLE_BYTES);
  }

  contract(number: number): ContractId {
    return { symbol: this.symbol, expiry: this.expiry, strike: this.strikes[number >> 1].strike, cp: OPTION_SIDES[number & 1] };
  }

  /** Whether the contract is listed; throws NeedContracts while that is unknown. */
  listed(number: number): boolean {
    const slice = this.slices[number];
    if (slice !== undefined) return slice !== null;
    this.wanted.add(number);
    throw NEED;
  }

  /** Asks for all of the contracts together: throws NeedContracts while one of them is unknown. */
  listedOf(numbers: readonly number[]): void {
    const unknown = numbers.filter((number) => this.slices[number] === undefined);
    for (const number of unknown) this.wanted.add(number);
    if (unknown.length > 0) throw NEED;
  }

  /** Whether a strike is listed: its CE or its PE is. Reads the second side only when the first does not tell. */
  strikeListed(index: number): boolean {
    const call = index * 2;
    if (this.slices[call] || this.slices[call + PE]) return true;
    return this.listed(call + CE) || this.listed(call + PE);
  }

  /** As `strikeListed`, without asking for anything: undefined while unknown. */
  strikeKnown(index: number): boolean | undefined {
    const [call, put] = [this.slices[index * 2], this.slices[index * 2 + PE]];
    if (call || put) return true;
    return call === null && put === null ? false : undefined;
  }

  /** The grid of a listed contract. */
  grid(number: number): GridView {
    const known = this.grids[number];
    if (known) return known;
    const slice = this.slices[number];
    if (!slice) throw new Error(`No rows of contract ${number}: ask listed() first.`);
    return (this.grids[number] = buildGrid(this.kernels, slice, this.session, this.stride, "price"));
  }

  slice(number: number): Slice | null | undefined {
    return this.slices[number];
  }

  /** Asks for a contract ahead of need, if it is still unknown. */
  want(number: number): void {
    if (this.slices[number] === undefined) this.wanted.add(number);
  }

  /** Reads everything that is wanted, and makes the grids of what is listed. */
  async supplyGrids(): Promise<void> {
    for (const number of await this.supply()) if (this.slices[number]) this.grid(number);
  }

  /** Reads everything that is wanted; answers the contract numbers. Grids are made when they are asked for. */
  async supply(): Promise<readonly number[]> {
    const numbers = [...this.wanted].sort((a, b) => a - b);
    this.wanted.clear();
    if (numbers.length === 0) return numbers;
    const slices = await this.data.load(numbers.map((number) => this.contract(number)));
    numbers.forEach((number, i) => {
      this.slices[number] = slices[i] ?? null;
    });
    return numbers;
  }
}
