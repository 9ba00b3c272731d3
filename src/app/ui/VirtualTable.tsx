import { createEffect, createMemo, createSignal, For, Index, on, onCleanup, onMount, Show, type JSX } from "solid-js";
import { ROW_HEIGHT, rowWindow, scrollTopFor } from "./row-window.ts";

/** One column: cells are made from the row's index when they come into view, so a table costs no object per row. */
export interface TableColumn {
  readonly header: string;
  /** CSS pixels. */
  readonly width: number;
  readonly end?: boolean;
  text(row: number): string;
  class?(row: number): string | undefined;
  title?(row: number): string | undefined;
  /** What the header means. */
  readonly hint?: string;
  /** Lets the header sort. */
  readonly sort?: ColumnSort;
}

export interface ColumnSort {
  readonly direction: "ascending" | "descending" | undefined;
  toggle(): void;
}

export interface VirtualTableProps {
  readonly label: string;
  readonly rows: number;
  readonly columns: readonly TableColumn[];
  /** Rows to make room for at least; fewer rows do not shrink the table, so nothing moves while they come. */
  readonly visibleRows: number;
  readonly current?: number;
  onChoose?(row: number): void;
  /** Shown in place of rows. */
  readonly empty: JSX.Element;
}

function cellClass(column: TableColumn, row: number): string {
  return `${column.end ? "end" : ""} ${column.class?.(row) ?? ""}`;
}

/** A table of any number of rows; only those in view exist. Arrows, page keys, Home and End move the current row. */
export function VirtualTable(props: VirtualTableProps) {
  let scroller!: HTMLDivElement;
  const [scrollTop, setScrollTop] = createSignal(0);
  const [viewport, setViewport] = createSignal(props.visibleRows * ROW_HEIGHT);
  const view = createMemo(() => rowWindow(props.rows, viewport(), scrollTop()));
  const drawn = createMemo(() => Array.from({ length: view().count }, (_, i) => view().first + i));
  const width = () => props.columns.reduce((sum, column) => sum + column.width, 0);

  onMount(() => {
    const observer = new ResizeObserver(() => setViewport(Math.max(ROW_HEIGHT, scroller.clientHeight - ROW_HEIGHT)));
    observer.observe(scroller);
    onCleanup(() => observer.disconnect());
  });

  function scrollTo(row: number) {
    // Asking the element for its place, or giving it the one it has, would have the whole page laid out first.
    const wanted = scrollTopFor(row, props.rows, viewport(), scrollTop());
    if (wanted === scrollTop()) return;
    scroller.scrollTop = wanted;
    setScrollTop(wanted);
  }

  createEffect(
    on(
      () => props.current,
      (row) => row !== undefined && row < props.rows && scrollTo(row),
    ),
  );

  const page = () => Math.max(1, Math.floor(viewport() / ROW_HEIGHT) - 1);
  const moves: Readonly<Record<string, (row: number) => number>> = {
    ArrowDown: (row) => row + 1,
    ArrowUp: (row) => row - 1,
    PageDown: (row) => row + page(),
    PageUp: (row) => row - page(),
    Home: () => 0,
    End: () => props.rows - 1,
  };

  function onKeyDown(event: KeyboardEvent) {
    const move = moves[event.key];
    if (!move || !props.onChoose || props.rows === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const row = Math.min(props.rows - 1, Math.max(0, move(props.current ?? -1)));
    props.onChoose(row);
    scrollTo(row);
  }

  return (
    <div
      class="rows"
      ref={scroller}
      role="group"
      aria-label={`${props.label}, scrollable`}
      tabindex="0"
      style={{ "--rows-height": `${(props.visibleRows + 1) * ROW_HEIGHT + 2}px` }}
      onScroll={() => setScrollTop(scroller.scrollTop)}
      onKeyDown={onKeyDown}
    >
      <div class="rows-height" style={{ height: `${view().height + ROW_HEIGHT}px`, width: `${width()}px` }}>
        <div class="rows-window" style={{ height: `${Math.min(viewport(), view().height) + ROW_HEIGHT}px` }}>
          <table aria-label={props.label} aria-rowcount={props.rows + 1}>
            <colgroup>
              <For each={props.columns}>{(column) => <col style={{ width: `${column.width}px` }} />}</For>
            </colgroup>
            <thead>
              <tr aria-rowindex={1}>
                <For each={props.columns}>
                  {(column) => (
                    <th scope="col" classList={{ end: column.end }} title={column.hint} aria-sort={column.sort?.direction}>
                      <Show when={column.sort} fallback={column.header}>
                        {(sort) => (
                          <button type="button" class="sort" onClick={() => sort().toggle()}>
                            {column.header} {sort().direction === undefined ? "" : sort().direction === "ascending" ? "▲" : "▼"}
                          </button>
                        )}
                      </Show>
                    </th>
                  )}
                </For>
              </tr>
            </thead>
            <tbody style={{ transform: `translateY(${-view().shift}px)` }}>
              <Index each={drawn()}>
                {(row) => (
                  <tr
                    aria-rowindex={row() + 2}
                    aria-current={row() === props.current ? "true" : undefined}
                    classList={{ choosable: props.onChoose !== undefined }}
                    onClick={() => props.onChoose?.(row())}
                  >
                    <For each={props.columns}>
                      {(column) => (
                        <td class={cellClass(column, row())} title={column.title?.(row())}>
                          {column.text(row())}
                        </td>
                      )}
                    </For>
                  </tr>
                )}
              </Index>
            </tbody>
          </table>
        </div>
      </div>
      <Show when={props.rows === 0}>
        <div class="rows-empty">{props.empty}</div>
      </Show>
    </div>
  );
}
