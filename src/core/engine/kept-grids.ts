/** Grids, and what else is made of rows, that stay in the kernels' memory from run to run. */
import type { Slice } from "../grid/slice.ts";
import type { Kernels } from "../kernels.ts";
import type { AgeSince } from "./day-grids.ts";

/** A grid, or a value by second. */
export type Made = AgeSince | "volume" | `series ${string}`;

/** What a series is made of beside the first of its slices: which others are looked at, and when. */
export interface Origin {
  readonly slices: readonly (Slice | undefined)[];
  /** Numbers of the runs (core/series/runs.ts). */
  readonly runs: Int32Array;
}

/** Room for one of them. Who holds a slot that was given to another finds nothing in it. */
interface Slot {
  readonly pointer: number;
  readonly bytes: number;
  /** The run that used it last. */
  run: number;
  holder: Slice | undefined;
  what: Made;
  origin: Origin | undefined;
}

/**
 * Slots below everything that a day allocates. Slots are made between runs alone; what neither this run nor the one
 * before has used goes to others. A slice has one session in a worker, so the same slice has the same grid.
 */
export class KeptGrids {
  readonly #kernels: Kernels;
  /** Whether rows stay themselves: grids of others would never be asked for again. */
  readonly #stays: (slice: Slice) => boolean;
  readonly #slots: Slot[] = [];
  readonly #of = new WeakMap<Slice, Map<Made, Slot>>();
  #free: Slot[] = [];
  #run = 0;
  /** How many found no slot since the run began, by their bytes. */
  readonly #missed = new Map<number, number>();
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
    let left = room;
    for (const [bytes, missed] of this.#missed) {
      let wanted = missed - this.#free.filter((slot) => fits(slot, bytes)).length;
      for (; wanted > 0 && left >= bytes; wanted--, left -= bytes) {
        const slot: Slot = { pointer: this.#kernels.run.alloc(bytes), bytes, run: 0, holder: undefined, what: "price", origin: undefined };
        this.#slots.push(slot);
        this.#free.push(slot);
        this.bytes += bytes;
      }
    }
    this.#missed.clear();
  }

  /** Address of what is made of a slice, and of others as `origin` tells, by `fill` where it is not there; undefined where it is not kept. */
  of(slice: Slice, what: Made, bytes: number, fill: (pointer: number) => void, origin?: Origin): number | undefined {
    let ofSlice = this.#of.get(slice);
    const known = ofSlice?.get(what);
    if (known?.holder === slice && known.what === what && sameOrigin(known.origin, origin)) {
      known.run = this.#run;
      return known.pointer;
    }
    if (!this.#stays(slice)) return undefined;
    const place = this.#free.findLastIndex((slot) => fits(slot, bytes));
    if (place < 0) {
      this.#missed.set(bytes, (this.#missed.get(bytes) ?? 0) + 1);
      return undefined;
    }
    const [slot] = this.#free.splice(place, 1);
    fill(slot.pointer);
    slot.holder = slice;
    slot.what = what;
    // The runs stand where the next day writes its own.
    slot.origin = origin && { slices: origin.slices, runs: origin.runs.slice() };
    slot.run = this.#run;
    if (!ofSlice) this.#of.set(slice, (ofSlice = new Map()));
    ofSlice.set(what, slot);
    return slot.pointer;
  }
}

function sameOrigin(a: Origin | undefined, b: Origin | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.runs.length !== b.runs.length || a.slices.length !== b.slices.length) return false;
  for (let i = 0; i < a.slices.length; i++) if (a.slices[i] !== b.slices[i]) return false;
  for (let i = 0; i < a.runs.length; i++) if (a.runs[i] !== b.runs[i]) return false;
  return true;
}

/** Sessions of about one length share slots. */
function fits(slot: Slot, bytes: number): boolean {
  return slot.bytes >= bytes && slot.bytes < 2 * bytes;
}
