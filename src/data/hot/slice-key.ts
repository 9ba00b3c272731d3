import type { SliceContext } from "../slice-files.ts";
import type { Wanted } from "../slice-keeper.ts";

/** In the place of a range of dates: every date of the files. */
export const WHOLE = "whole";

export function rangeOf({ first, last }: Wanted): string {
  return `${first}-${last}`;
}

/** Everything that slices depend on beside the state of the files. `block` says which columns. */
export function sliceKey({ zones, kinds, barLabel, barSpans }: SliceContext, version: string, { what, files }: Wanted, range: string, block: string): string {
  const made = files.map(({ path, layout }) => [path, zones[layout] ?? "", kinds[layout] ?? "", barSpans[layout] ?? 0]);
  return JSON.stringify([version, what, range, block, barLabel, ...made]);
}
