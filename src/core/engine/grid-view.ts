/** Reads a grid in kernel memory. Seconds are places on the grid, 0 = the open; the layout is that of assembly/grid.ts. */
import type { Kernels } from "../kernels.ts";
import { TICK_PAISE, type Paise } from "../money.ts";

export class GridView {
  constructor(
    private readonly kernels: Kernels,
    readonly pointer: number,
    readonly stride: number,
  ) {}

  private at(array: number, s: number): number {
    return this.kernels.i32[(this.pointer >> 2) + array * this.stride + s];
  }
  /** Paise; 0 before the first valid quote. */
  bid(s: number): Paise {
    return this.at(0, s);
  }
  ask(s: number): Paise {
    return this.at(1, s);
  }
  /** Seconds since the row of the latest valid quote; null before the first. */
  quoteAge(s: number): number | null {
    return this.bid(s) === 0 ? null : s - this.at(2, s);
  }
  /** Paise; 0 before the first valid price. */
  price(s: number): Paise {
    return this.at(3, s);
  }
  /** Address of the prices by second (i32). */
  get pricePointer(): number {
    return this.pointer + 3 * this.stride * 4;
  }
  /** The prices of the first `seconds` seconds: a view that the next allocation ends. */
  prices(seconds: number): Int32Array {
    const first = this.pricePointer >> 2;
    return this.kernels.i32.subarray(first, first + seconds);
  }
  /** The seconds that these prices count from: a view that the next allocation ends. */
  priceSeconds(seconds: number): Int32Array {
    const first = (this.pointer >> 2) + 4 * this.stride;
    return this.kernels.i32.subarray(first, first + seconds);
  }
  /** Seconds since the second that the price counts from; null before the first price. */
  priceAge(s: number): number | null {
    return this.price(s) === 0 ? null : s - this.at(4, s);
  }
  /** Spread of the last valid quote in ticks; 0 without one. */
  spreadTicks(s: number): number {
    return (this.ask(s) - this.bid(s)) / TICK_PAISE;
  }
  /** Where the position could be closed now: bid for a long, ask for a short; the price while there has been no quote. */
  mark(s: number, long: boolean): Paise {
    const quote = long ? this.bid(s) : this.ask(s);
    return quote > 0 ? quote : this.price(s);
  }
}
