/** Semantics §4: the second and the price of an order's fill. Seconds are places on the grid. */
import type { CompiledStrategy } from "../strategy/compile.ts";
import { formatRupees, PRICE_LIMIT, type Paise } from "../money.ts";
import { depthPrice, shareOfBest } from "./book.ts";
import type { DayMarket } from "./day-market.ts";
import type { GridView } from "./grid-view.ts";
import { FILL_MODEL_CODES, priceBeforeSlippage, slippageTicks, withSlippage } from "./fill.ts";

export interface Filled {
  /** After the model's rounding, before slippage. */
  readonly before: Paise;
  readonly price: Paise;
}

const DEPTH = FILL_MODEL_CODES.depth;

export class Orders {
  constructor(
    private readonly market: DayMarket,
    private readonly fill: CompiledStrategy["fill"],
  ) {}

  /** First second in [from, to] in which every contract can fill as an entry, or −1. Quantities are signed: a sale is negative. */
  entry(contracts: readonly number[], quantities: readonly number[], from: number, to: number): number {
    const { market, fill } = this;
    const { kernels } = market;
    const ttl = this.ttl(contracts);
    const find = (start: number, end: number) => {
      for (let i = 0; i < contracts.length; i++) {
        // First the grid, then the view: a grid that is made now may move the memory.
        const { pointer } = market.grid(contracts[i]);
        kernels.i32[(market.table >> 2) + i] = pointer;
      }
      return kernels.run.firstAllTradeable(market.table, contracts.length, market.stride, start, end, fill.model, ttl, fill.maxSpread);
    };
    return this.search(from, to, find, this.looksAtBook ? (s) => contracts.every((contract, i) => this.holdsEnough(contract, quantities[i], s)) : undefined);
  }

  /** First second in [from, to] in which a contract can fill as an exit, or −1. The spread gate is for entries. */
  exit(contract: number, quantity: number, from: number, to: number): number {
    return this.single(contract, quantity, from, to, 0);
  }

  /** `exit` from `latency` after each of `count` seconds on: i32 each at address `seconds`, as the answers are at `out`. */
  exits(contract: number, quantity: number, seconds: number, count: number, latency: number, to: number, out: number): void {
    const { market, fill } = this;
    const { pointer } = market.grid(contract);
    const { run, i32 } = market.kernels;
    if (!this.looksAtBook && market.session.breaks.length === 0) return run.firstTradeableAfter(pointer, market.stride, quantity > 0, seconds, count, latency, to, fill.model, market.slice(contract)?.barSpan ?? fill.ttl, out);
    for (let i = 0; i < count; i++) i32[(out >> 2) + i] = this.exit(contract, quantity, i32[(seconds >> 2) + i] + latency, to);
  }

  /** As `entry`, of one leg alone: of a late leg while others are held. */
  late(contract: number, quantity: number, from: number, to: number): number {
    return this.single(contract, quantity, from, to, this.fill.maxSpread);
  }

  private single(contract: number, quantity: number, from: number, to: number, maxSpread: number): number {
    const { market, fill } = this;
    const { pointer } = market.grid(contract);
    const ttl = market.slice(contract)?.barSpan ?? fill.ttl;
    const holdsEnough = this.looksAtBook ? (s: number) => this.holdsEnough(contract, quantity, s) : undefined;
    return this.search(from, to, (start, end) => market.kernels.run.firstTradeable(pointer, market.stride, start, end, fill.model, ttl, maxSpread), holdsEnough);
  }

  /** The price of a fill at a second in which the contract is tradeable. */
  price(contract: number, quantity: number, s: number): Filled {
    const grid = this.market.grid(contract);
    const before = this.before(grid, contract, quantity, s);
    return { before, price: this.after(grid, before, s, quantity > 0) };
  }

  /** The same at each of several seconds, every `step`-th of a column from the `first`-th up to `end`: to the same places of the others. */
  prices(contract: number, quantity: number, seconds: Int32Array, first: number, step: number, end: number, befores: Int32Array, prices: Int32Array): void {
    const grid = this.market.grid(contract);
    for (let i = first; i < end; i += step) {
      const before = this.before(grid, contract, quantity, seconds[i]);
      befores[i] = before;
      prices[i] = this.after(grid, before, seconds[i], quantity > 0);
    }
  }

  private before(grid: GridView, contract: number, quantity: number, s: number): Paise {
    const { model } = this.fill;
    return model === DEPTH ? this.depth(contract, quantity, s)! : priceBeforeSlippage(grid, s, model, quantity > 0);
  }

  private after(grid: GridView, before: Paise, s: number, buys: boolean): Paise {
    const price = withSlippage(before, slippageTicks(grid, s, this.fill.slippage), buys);
    if (price >= PRICE_LIMIT) throw new RangeError(`fill.slippage makes ${formatRupees(before)} rupees into ${formatRupees(price)}; no price may reach ${formatRupees(PRICE_LIMIT)}. Lower base, alpha_spread or beta_rv.`);
    return price;
  }

  private depth(contract: number, quantity: number, s: number): Paise | undefined {
    return depthPrice(this.market.slice(contract)!, s + this.market.session.open, Math.abs(quantity), quantity > 0, this.fill.maxShare);
  }

  /** Without `depth` and a share of the best price nobody asks what the book holds. */
  private get looksAtBook(): boolean {
    return this.fill.model === DEPTH || this.fill.maxShare !== null;
  }

  private holdsEnough(contract: number, quantity: number, s: number): boolean {
    const { model, maxShare } = this.fill;
    if (model === DEPTH) return this.depth(contract, quantity, s) !== undefined;
    return shareOfBest(this.market.slice(contract)!, s + this.market.session.open, quantity > 0, maxShare!) >= Math.abs(quantity);
  }

  /** Oldest usable price in seconds: the strategy's ttl, or the span where all contracts are bars. */
  private ttl(contracts: readonly number[]): number {
    let span = 0;
    for (const number of contracts) {
      const bars = this.market.slice(number)?.barSpan;
      if (bars === undefined) return this.fill.ttl;
      span = Math.max(span, bars);
    }
    return span;
  }

  /** Searches [from, to] without the seconds of a break, in which nothing trades, until the book holds enough. */
  private search(from: number, to: number, find: (from: number, to: number) => number, holdsEnough: ((s: number) => boolean) | undefined): number {
    for (let start = from; ; ) {
      const found = this.outsideBreaks(start, to, find);
      if (found < 0 || holdsEnough === undefined || holdsEnough(found)) return found;
      start = found + 1;
    }
  }

  private outsideBreaks(from: number, to: number, find: (from: number, to: number) => number): number {
    const { open, breaks } = this.market.session;
    if (breaks.length === 0) return find(from, to);
    let start = from;
    for (const [pause, resume] of breaks) {
      if (resume - open <= start) continue;
      const found = find(start, Math.min(to, pause - open - 1));
      if (found >= 0) return found;
      start = Math.max(start, resume - open);
    }
    return find(start, to);
  }
}
