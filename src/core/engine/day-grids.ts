/** Grids of one date, made once for everybody who looks at the same rows. */
import type { Slice } from "../grid/slice.ts";
import type { Kernels } from "../kernels.ts";
import type { Session } from "../market/types.ts";
import { GridView } from "./grid-view.ts";
import type { KeptGrids, Origin } from "./kept-grids.ts";
import { cumulativeVolume } from "./volume.ts";

/** The five arrays of a grid: see assembly/grid.ts. */
export const GRID_ARRAYS = 5;
/** Memory of a day is kept for the next strategy up to so many bytes, then made anew. */
const KEPT_BYTES = 512 << 20;

/** What a price's age counts from: its own second, or its row. */
export type AgeSince = "price" | "row";

/** Memory for an instrument's grid, filled from its rows. */
export function buildGrid(kernels: Kernels, slice: Slice, session: Session, stride: number, since: AgeSince): GridView {
  const pointer = kernels.run.alloc(GRID_ARRAYS * stride * 4);
  fillGrid(kernels, slice, session, stride, since, pointer);
  return new GridView(kernels, pointer, stride);
}

function fillGrid(kernels: Kernels, slice: Slice, session: Session, stride: number, since: AgeSince, pointer: number): void {
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
}

/** Slots of a grid's arrays: the session, filled up to a whole SIMD vector. */
export function strideOf(session: Session): number {
  return (session.close - session.open + 3) & ~3;
}

/** A grid without any value. */
export function emptyGrid(kernels: Kernels, stride: number): GridView {
  const pointer = kernels.run.alloc(stride * GRID_ARRAYS * 4);
  kernels.i32.fill(0, pointer >> 2, (pointer >> 2) + stride * GRID_ARRAYS);
  return new GridView(kernels, pointer, stride);
}

/** Owns the kernels' memory from its making to `release`; strategies of one date work in it one after another. */
export class DayGrids {
  readonly stride: number;
  private readonly start: number;
  private readonly made: Record<AgeSince, Map<Slice, GridView>> = { price: new Map(), row: new Map() };
  private readonly named = new Map<string, GridView>();
  private readonly volumes = new Map<Slice, number>();

  constructor(
    readonly kernels: Kernels,
    readonly session: Session,
    /** Holds grids of contracts and spot beyond the day. */
    private readonly kept?: KeptGrids,
  ) {
    this.stride = strideOf(session);
    this.start = kernels.run.mark();
  }

  of(slice: Slice, since: AgeSince): GridView {
    const known = this.made[since].get(slice);
    if (known) return known;
    const grid = this.keptGrid(slice, since) ?? buildGrid(this.kernels, slice, this.session, this.stride, since);
    this.made[since].set(slice, grid);
    return grid;
  }

  private keptGrid(slice: Slice, since: AgeSince): GridView | undefined {
    const pointer = this.kept?.of(slice, since, GRID_ARRAYS * this.stride * 4, (at) => fillGrid(this.kernels, slice, this.session, this.stride, since, at));
    return pointer === undefined ? undefined : new GridView(this.kernels, pointer, this.stride);
  }

  /** Address of what the rows' cumulative volume, which they carry, grew by in each second (f64). */
  volume(slice: Slice): number {
    let pointer = this.volumes.get(slice);
    if (pointer === undefined) this.volumes.set(slice, (pointer = this.madeVolume(slice)));
    return pointer;
  }

  private madeVolume(slice: Slice): number {
    const { kernels, session } = this;
    const bytes = this.stride * 8;
    const fill = (at: number) => cumulativeVolume(slice, session.open, kernels.f64.subarray(at >> 3, (at >> 3) + session.close - session.open));
    const kept = this.kept?.of(slice, "volume", bytes, fill);
    if (kept !== undefined) return kept;
    const pointer = kernels.run.alloc(bytes);
    fill(pointer);
    return pointer;
  }

  /**
   * Address of a value by second (f64) of the rows that are looked at one after another, by `fill` where it is not there;
   * undefined where it is not kept beyond the day.
   */
  series(what: string, { slices, runs }: Origin, bytes: number, fill: (pointer: number) => void): number | undefined {
    const first = slices.find((slice) => slice !== undefined);
    return first && this.kept?.of(first, `series ${what}`, bytes, fill, { slices, runs });
  }

  /** A grid that is computed rather than filled from rows, by a name that says of what. */
  computed(name: string, make: () => GridView): GridView {
    const known = this.named.get(name);
    if (known) return known;
    const grid = make();
    this.named.set(name, grid);
    return grid;
  }

  /** Between two users of the day: whatever the one before allocated is kept while there is room, else all is forgotten. */
  settle(): void {
    if (this.kernels.run.mark() - this.start > KEPT_BYTES) this.release();
  }

  release(): void {
    this.made.price.clear();
    this.made.row.clear();
    this.named.clear();
    this.volumes.clear();
    this.kernels.run.release(this.start);
  }
}
