import type { CompiledStrategy } from "../strategy/compile.ts";
import type { StrikeSelector } from "./select.ts";
import type { DayWindow } from "./windows.ts";

/** Asks for what the entries at known times and the anchors will most likely need, so that it is read in one go. */
export function foreseeEntries(selector: StrikeSelector, { blocks }: CompiledStrategy, windows: readonly DayWindow[]): void {
  const [{ when, legs }] = blocks;
  if (when) return;
  for (const { at, anchors } of windows) for (const s of [...at, ...(at.length > 0 ? anchors : [])]) selector.foresee(legs, s);
}
