import { createSignal, type JSX } from "solid-js";

const STEP = 16;

export interface SplitProps {
  readonly label: string;
  readonly width: number;
  readonly least: number;
  readonly most: number;
  onResize(width: number): void;
  readonly left: JSX.Element;
  readonly right: JSX.Element;
}

/** Two panes and a bar between them that moves by pointer or by arrow keys. Widths are CSS pixels of the left pane. */
export function Split(props: SplitProps) {
  const [dragging, setDragging] = createSignal(false);
  const resize = (width: number) => props.onResize(Math.min(props.most, Math.max(props.least, Math.round(width))));

  function onKeyDown(event: KeyboardEvent) {
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: props.width - STEP,
      ArrowRight: props.width + STEP,
      Home: props.least,
      End: props.most,
    };
    if (!(event.key in targets)) return;
    event.preventDefault();
    resize(targets[event.key]);
  }

  return (
    <main class="panes" style={{ "--left": `${props.width}px` }}>
      {props.left}
      <div
        class="splitter"
        role="separator"
        aria-orientation="vertical"
        aria-label={props.label}
        aria-valuenow={props.width}
        aria-valuemin={props.least}
        aria-valuemax={props.most}
        tabindex="0"
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragging(true);
        }}
        onPointerMove={(event) => dragging() && resize(event.clientX - event.currentTarget.offsetWidth / 2)}
        onPointerUp={() => setDragging(false)}
        onPointerCancel={() => setDragging(false)}
      />
      {props.right}
    </main>
  );
}
