/** One instrument of several after another: which is looked at in which seconds (assembly/splices.ts). */
import type { Kernels } from "../kernels.ts";

/** Seconds [from, to) of the instrument at a place. */
export interface Run {
  readonly place: number;
  readonly from: number;
  readonly to: number;
}

/** Runs without gaps from the open to the close, in kernel memory. */
export interface Runs {
  readonly pointer: number;
  readonly count: number;
}

/** Bytes of a run: place, first second and end, i32 each. */
export const RUN_BYTES = 12;

/** Memory for runs, and the runs in it. */
export function putRuns(kernels: Kernels, runs: readonly Run[]): Runs {
  const pointer = kernels.run.alloc(runs.length * RUN_BYTES);
  let at = pointer >> 2;
  for (const { place, from, to } of runs) {
    kernels.i32[at++] = place;
    kernels.i32[at++] = from;
    kernels.i32[at++] = to;
  }
  return { pointer, count: runs.length };
}

export function listRuns({ i32 }: Kernels, { pointer, count }: Runs): Run[] {
  return Array.from({ length: count }, (_, i) => {
    const at = (pointer + i * RUN_BYTES) >> 2;
    return { place: i32[at], from: i32[at + 1], to: i32[at + 2] };
  });
}

/** `use` is told where an address stands for each place; undefined: nothing is there. */
export function withTable(kernels: Kernels, addresses: readonly (number | undefined)[], use: (table: number) => void): void {
  kernels.scoped(() => {
    const table = kernels.run.alloc(addresses.length * 4);
    addresses.forEach((address, place) => (kernels.i32[(table >> 2) + place] = address ?? 0));
    use(table);
  });
}
