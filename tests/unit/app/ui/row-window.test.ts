import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_SCROLL_HEIGHT, ROW_HEIGHT, rowWindow, scrollTopFor } from "../../../../src/app/ui/row-window.ts";

const VIEWPORT = 12 * ROW_HEIGHT;

describe("rowWindow", () => {
  it("draws nothing of an empty table", () => {
    expect(rowWindow(0, VIEWPORT, 0)).toEqual({ height: 0, first: 0, shift: 0, count: 0 });
  });

  it("draws the rows in view, cut at the edge, of a table that fits the browser's limit", () => {
    expect(rowWindow(1_000, VIEWPORT, 30)).toEqual({ height: 24_000, first: 1, shift: 6, count: 13 });
  });

  it("never makes an element taller than browsers draw, and still reaches the first and the last row", () => {
    const rows = 5_000_000;
    expect(rowWindow(rows, VIEWPORT, 0)).toMatchObject({ height: MAX_SCROLL_HEIGHT, first: 0, shift: 0 });
    const end = rowWindow(rows, VIEWPORT, MAX_SCROLL_HEIGHT - VIEWPORT);
    expect(end.first + end.count).toBe(rows);
    expect(end.first).toBe(rows - 12);
  });

  it("shows rows that exist, as many as fill the view, wherever the scroll stands", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000_000 }), fc.integer({ min: ROW_HEIGHT, max: 2_000 }), fc.double({ min: 0, max: 1.5, noNaN: true }), (rows, viewport, share) => {
        const view = rowWindow(rows, viewport, share * MAX_SCROLL_HEIGHT);
        expect(view.first).toBeGreaterThanOrEqual(0);
        expect(view.first + view.count).toBeLessThanOrEqual(rows);
        expect(view.count * ROW_HEIGHT - view.shift).toBeGreaterThanOrEqual(Math.min(viewport, rows * ROW_HEIGHT) - 1e-3);
      }),
    );
  });
});

describe("scrollTopFor", () => {
  it("leaves the scroll alone where the row is in view", () => {
    expect(scrollTopFor(5, 1_000, VIEWPORT, 48)).toBe(48);
  });

  it("brings any row of a table of any size into full view", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_000_000 }), fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (rows, pick, share) => {
        const row = pick % rows;
        const most = Math.max(0, Math.min(rows * ROW_HEIGHT, MAX_SCROLL_HEIGHT) - VIEWPORT);
        const view = rowWindow(rows, VIEWPORT, scrollTopFor(row, rows, VIEWPORT, share * most));
        const top = (row - view.first) * ROW_HEIGHT - view.shift;
        expect(top).toBeGreaterThanOrEqual(-1e-3);
        expect(top + ROW_HEIGHT).toBeLessThanOrEqual(VIEWPORT + 1e-3);
      }),
    );
  });
});
