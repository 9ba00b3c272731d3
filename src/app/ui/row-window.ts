/** Which rows of a long table are in view. All lengths in CSS pixels. */

export const ROW_HEIGHT = 24;

/** Browsers clip taller elements (Firefox near 17.8 million pixels); beyond it the scroll is scaled. */
export const MAX_SCROLL_HEIGHT = 16_000_000;

export interface RowWindow {
  /** Height of the scrolled element. */
  readonly height: number;
  /** First row in view, and how many pixels of it are above the edge. */
  readonly first: number;
  readonly shift: number;
  /** Rows to draw. */
  readonly count: number;
}

/** @param viewport height that rows can take, the header apart */
export function rowWindow(rows: number, viewport: number, scrollTop: number): RowWindow {
  const full = rows * ROW_HEIGHT;
  const height = Math.min(full, MAX_SCROLL_HEIGHT);
  const offset = Math.min(scrollTop, Math.max(0, height - viewport)) * scale(full, height, viewport);
  const first = Math.min(Math.floor(offset / ROW_HEIGHT), Math.max(0, rows - 1));
  const shift = offset - first * ROW_HEIGHT;
  return { height, first, shift, count: Math.min(rows - first, Math.ceil((viewport + shift) / ROW_HEIGHT)) };
}

/** The scroll position nearest to the present one at which the row is in full view. */
export function scrollTopFor(row: number, rows: number, viewport: number, scrollTop: number): number {
  const full = rows * ROW_HEIGHT;
  const height = Math.min(full, MAX_SCROLL_HEIGHT);
  const factor = scale(full, height, viewport);
  const offset = scrollTop * factor;
  const top = row * ROW_HEIGHT;
  if (top < offset) return top / factor;
  if (top + ROW_HEIGHT > offset + viewport) return (top + ROW_HEIGHT - viewport) / factor;
  return scrollTop;
}

function scale(full: number, height: number, viewport: number): number {
  return height > viewport ? (full - viewport) / (height - viewport) : 1;
}
