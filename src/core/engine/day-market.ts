/**
 * The contracts of one symbol on one date, as far as they have been looked at: those of the universe's expiry, and those
 * of the expiries and the future that legs name. Contracts are read when the simulation asks
 * for them: it throws NeedContracts, `supply` reads what is wanted, and the simulation runs again from its start.
 */
import type { Kernels } from "../kernels.ts";
import type { ContractId } from "../market/contract-id.ts";
import type { Session, SymbolName } from "../market/types.ts";
import { OPTION_SIDES } from "../results/types.ts";
import type { DayNumber } from "../time.ts";
import type { Slice } from "../grid/slice.ts";
import { Chain, type ContractTerms } from "./chain.ts";
import type { DayGrids } from "./day-grids.ts";
import type { GridView } from "./grid-view.ts";
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
/** The future has no steps. */
export type FutureTerms = Pick<ContractTerms, "expiry" | "lotSize">;

export class DayMarket {
  /** Seconds of the session. */
  readonly seconds: number;
  readonly stride: number;
  readonly kernels: Kernels;
  readonly session: Session;
  /** By contract number: undefined unknown, null not listed. */
  private readonly slices: (Slice | null | undefined)[] = [];
  private readonly views: (GridView | undefined)[] = [];
  /** That of the universe comes first: its strike indexes are halves of contract numbers. */
  private readonly chains: Chain[] = [];
  private theFuture: { readonly number: number; readonly terms: FutureTerms } | undefined;
  private premiumPath: number | undefined;
  private readonly wanted = new Set<number>();
  /** P&L by second of what has been held today. */
  readonly paths: PathStore;
  /** Room for small tables of a kernel call. */
  readonly table: number;

  constructor(
    private readonly grids: DayGrids,
    readonly data: DayData,
    readonly symbol: SymbolName,
    readonly date: DayNumber,
    terms: ContractTerms,
    readonly strikes: readonly NamedStrike[],
  ) {
    const { kernels, session } = grids;
    this.kernels = kernels;
    this.session = session;
    this.seconds = session.close - session.open;
    this.stride = grids.stride;
    this.addChain(terms, strikes);
    this.paths = new PathStore(kernels, this.seconds, this.stride, (contract) => this.grid(contract).pointer);
    this.table = kernels.run.alloc(TABLE_BYTES);
  }

  /** The expiry of the universe. */
  get expiry(): DayNumber {
    return this.main.terms.expiry;
  }

  get main(): Chain {
    return this.chains[0];
  }

  /** The contracts of an expiry, added where they are new. */
  addChain(terms: ContractTerms, strikes: readonly NamedStrike[]): Chain {
    const known = this.chains.find((chain) => chain.terms.expiry === terms.expiry);
    if (known) return known;
    const chain = new Chain(terms, strikes, this.slices.length);
    this.chains.push(chain);
    this.slices.push(...strikes.flatMap(({ ce, pe }) => [ce ? undefined : null, pe ? undefined : null]));
    return chain;
  }

  /** The nearest future as a contract that legs can trade; after all chains. `slice` is absent on a date without it. */
  addFuture(terms: FutureTerms, slice: Slice | undefined): void {
    this.theFuture = { number: this.slices.length, terms };
    this.slices.push(slice ?? null);
  }

  /** Number of the future; undefined on a date without it. */
  get future(): number | undefined {
    return this.theFuture && this.slices[this.theFuture.number] ? this.theFuture.number : undefined;
  }

  isFuture(number: number): boolean {
    return number === this.theFuture?.number;
  }

  chainOf(number: number): Chain {
    for (const chain of this.chains) if (chain.holds(number)) return chain;
    throw new Error(`Contract ${number} is no option.`);
  }

  lotSize(number: number): number {
    return this.isFuture(number) ? this.theFuture!.terms.lotSize : this.chainOf(number).terms.lotSize;
  }

  expiryOf(number: number): DayNumber {
    return this.isFuture(number) ? this.theFuture!.terms.expiry : this.chainOf(number).terms.expiry;
  }

  /** The number of a contract that has been traded; `kind` is an index into LEG_KINDS. */
  numberOf(expiry: DayNumber, strike: number, kind: number): number {
    if (Number.isNaN(strike)) return this.theFuture!.number;
    const chain = this.chains.find(({ terms }) => terms.expiry === expiry)!;
    return chain.number(chain.at(Math.round(strike * 100))!, kind);
  }

  /** `50000 CE`, `FUT` */
  nameOf(number: number): string {
    return this.isFuture(number) ? "FUT" : `${this.chainOf(number).strike(number).strike} ${OPTION_SIDES[number & 1]}`;
  }

  /** An option by its name. */
  contract(number: number): ContractId {
    const chain = this.chainOf(number);
    return { symbol: this.symbol, expiry: chain.terms.expiry, strike: chain.strike(number).strike, cp: OPTION_SIDES[number & 1] };
  }

  /** Room for one combined premium (i64 a second), reused as the P&L path is. */
  get premium(): number {
    return (this.premiumPath ??= this.kernels.run.alloc(this.stride * 8));
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
    const known = this.views[number];
    if (known) return known;
    const slice = this.slices[number];
    if (!slice) throw new Error(`No rows of contract ${number}: ask listed() first.`);
    return (this.views[number] = this.grids.of(slice, "price"));
  }

  /** Address of what the rows' cumulative volume, which they carry, grew by in each second (f64). */
  volume(slice: Slice): number {
    return this.grids.volume(slice);
  }

  /** As of the day's grids. */
  series(...of: Parameters<DayGrids["series"]>): number | undefined {
    return this.grids.series(...of);
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
