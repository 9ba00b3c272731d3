/** Grids that stay in the kernels' memory from run to run. */
import type { Slice } from "../grid/slice.ts";
import type { Kernels } from "../kernels.ts";
import type { AgeSince } from "./day-grids.ts";

/** Room for one grid. Who holds a slot that was given to another finds nothing in it. */
interface Slot {
  readonly pointer: number;
  readonly bytes: number;
  /** The run that used it last. */
  run: number;
  holder: Slice | undefined;
  since: AgeSince;
}

/**
 * Slots for grids below everything that a day allocates. Slots are made between runs alone; what neither this run nor the one
 * before has used goes to others. A slice has one session in a worker, so the same slice has the same grid.
 */
export class KeptGrids {
  readonly #kernels: Kernels;
  /** Whether rows stay themselves: grids of others would never be asked for again. */
  readonly #stays: (slice: Slice) => boolean;
  readonly #slots: Slot[] = [];
  readonly #of: Record<AgeSince, WeakMap<Slice, Slot>> = { price: new WeakMap(), row: new WeakMap() };
  #free: Slot[] = [];
  #run = 0;
  /** Bytes of grids that found no slot since the last `reserve`, and of the largest of them. */
  #missed = 0;
  #largest = 0;
  /** Bytes of all slots. */
  bytes = 0;

  constructor(kernels: Kernels, stays: (slice: Slice) => boolean) {
    this.#kernels = kernels;
    this.#stays = stays;
  }

  /** A run begins; no day may be open. Makes slots for what found none before, up to so many bytes more. */
  begin(room: number): void {
    this.#run++;
    this.#free = this.#slots.filter(({ run }) => run < this.#run - 1);
    for (const slot of this.#free) slot.holder = undefined;
    for (let wanted = Math.min(this.#missed - this.#free.length * this.#largest, room); this.#largest > 0 && wanted >= this.#largest; wanted -= this.#largest) {
      const slot: Slot = { pointer: this.#kernels.run.alloc(this.#largest), bytes: this.#largest, run: 0, holder: undefined, since: "price" };
      this.#slots.push(slot);
      this.#free.push(slot);
      this.bytes += this.#largest;
    }
    this.#missed = 0;
  }

  /** Address of the grid of a slice, made by `fill` where it is not there; undefined where it is not kept. */
  of(slice: Slice, since: AgeSince, bytes: number, fill: (pointer: number) => void): number | undefined {
    const known = this.#of[since].get(slice);
    if (known?.holder === slice && known.since === since) {
      known.run = this.#run;
      return known.pointer;
    }
    if (!this.#stays(slice)) return undefined;
    const place = this.#free.findLastIndex((slot) => slot.bytes >= bytes);
    if (place < 0) {
      this.#missed += bytes;
      this.#largest = Math.max(this.#largest, bytes);
      return undefined;
    }
    const [slot] = this.#free.splice(place, 1);
    fill(slot.pointer);
    slot.holder = slice;
    slot.since = since;
    slot.run = this.#run;
    this.#of[since].set(slice, slot);
    return slot.pointer;
  }
}
