import { createSignal, onMount, Show, type JSX } from "solid-js";
import { Exports } from "./Exports.tsx";
import { createLinkedPanes, type LinkedPanes, type LinkedPanesOptions } from "./linked-panes.ts";

export interface ChartProps extends Omit<LinkedPanesOptions, "host"> {
  readonly title: string;
  /** Names the buttons, `Chart PNG`. */
  readonly name: string;
  /** Names the files, `equity`. */
  readonly file: string;
  /** What the panes show, for those who cannot see them. */
  readonly label: string;
  readonly csv: () => string;
  /** Values under the crosshair. */
  readonly legend: (at: number | null) => JSX.Element;
  /** Beside the heading. */
  readonly actions?: (panes: LinkedPanes) => JSX.Element;
  readonly onReady?: (panes: LinkedPanes) => void;
}

/** Panes with their heading, legend and files. Drag or wheel zooms, double-click or 0 resets, arrows move the crosshair. */
export function Chart(props: ChartProps) {
  const [panes, setPanes] = createSignal<LinkedPanes>();
  let host!: HTMLDivElement;

  onMount(() => {
    const made = createLinkedPanes({ host, looks: props.looks, data: () => props.data(), onDraw: props.onDraw, onBrush: props.onBrush, onPick: props.onPick });
    setPanes(made);
    props.onReady?.(made);
  });

  function onKeyDown(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (panes()?.onKey(event.key)) event.preventDefault();
  }

  return (
    <section class="chart">
      <div class="section-head">
        <h2>{props.title}</h2>
        <div class="actions">
          <Show when={panes()}>{(made) => props.actions?.(made())}</Show>
          <Exports name={props.name} file={props.file} disabled={props.data()[0][0].length === 0} png={() => panes()?.png()} csv={props.csv} />
        </div>
      </div>
      <p class="legend" aria-live="polite">
        {props.legend(panes()?.cursor() ?? null)}
      </p>
      <div
        class="plots"
        ref={host}
        role="group"
        tabindex="0"
        aria-label={`${props.label} Left and right move the crosshair, plus and minus zoom, 0 resets. Drag or turn the wheel to zoom.`}
        style={{ height: `${props.looks.reduce((sum, look) => sum + look.height, 0)}px` }}
        title="Drag or turn the wheel to zoom, double-click to reset"
        onKeyDown={onKeyDown}
        on:wheel={{ handleEvent: (event: WheelEvent) => panes()?.onWheel(event), passive: false }}
      />
    </section>
  );
}
