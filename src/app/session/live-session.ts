import { createEffect, createSignal, on } from "solid-js";
import { createLastWins, type Overtakable } from "./last-wins.ts";

/** What a live session needs of the page. */
export interface LivePorts extends Overtakable {
  /** Changes whenever something would make another result; undefined while nothing can be run. */
  readonly strategy: () => object | undefined;
}

/** While it is on, every change of the strategy runs it anew, and the last value always wins. */
export function createLiveSession({ strategy, ...ports }: LivePorts) {
  const [isOn, setOn] = createSignal(false);
  const change = createLastWins(ports);
  createEffect(on([isOn, strategy], ([live, changed]) => live && changed !== undefined && void change()));
  return { isOn, setOn };
}

export type LiveSession = ReturnType<typeof createLiveSession>;
