import { count } from "./format.ts";

export interface HeatCellProps {
  /** In full: what it is, its value and its n. */
  readonly words: string;
  /** The value in few characters. */
  readonly text: string;
  readonly n: number;
  /** −4 … 4, as `heatLevel`. */
  readonly level: number;
  readonly pressed?: boolean;
  readonly best?: boolean;
  onChoose(): void;
}

/** A cell of a heatmap that says its value and n. */
export function HeatCell(props: HeatCellProps) {
  return (
    <button type="button" data-level={props.level} title={props.words} aria-pressed={props.pressed} classList={{ best: props.best }} onClick={() => props.onChoose()}>
      <span class="hidden">{props.words}. </span>
      {props.text} <small>{count(props.n)}</small>
    </button>
  );
}
