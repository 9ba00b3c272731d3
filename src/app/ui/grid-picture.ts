import { AXIS_FONT, resolveColour } from "./canvas-style.ts";
import { pngOf } from "./plot.ts";

export interface PictureCell {
  readonly text: string;
  /** −4 … 4, as `heatLevel`. */
  readonly level: number;
}

export interface PictureGrid {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly label: string; readonly cells: readonly (PictureCell | undefined)[] }[];
}

const SCALE = 2;
const LABELS = 96;
const HEAD = 24;
const ROW = 22;
/** Share of the colour in the shade of a level. */
const SHADES = [0, 0.2, 0.4, 0.6, 0.8];

/** A heatmap, drawn in the page's table, as a picture. @param width of a cell, CSS pixels */
export function gridPicture({ columns, rows }: PictureGrid, width: number): Promise<Blob> {
  const canvas = document.createElement("canvas");
  canvas.width = SCALE * (LABELS + columns.length * width);
  canvas.height = SCALE * (HEAD + rows.length * ROW);
  const context = canvas.getContext("2d");
  if (!context) return Promise.reject(new Error("The browser gave no canvas to draw the picture on."));
  const colour = Object.fromEntries(["surface", "text", "muted", "gain", "loss"].map((name) => [name, resolveColour(`--${name}`)]));
  const write = (text: string, x: number, y: number, room: number, ink: string) => {
    context.fillStyle = ink;
    context.fillText(text, x, y + ROW / 2, room);
  };
  context.scale(SCALE, SCALE);
  context.fillStyle = colour.surface;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.font = AXIS_FONT;
  context.textBaseline = "middle";
  columns.forEach((label, i) => write(label, LABELS + i * width + 4, 0, width - 6, colour.muted));
  rows.forEach(({ label, cells }, r) => {
    const y = HEAD + r * ROW;
    write(label, 6, y, LABELS - 10, colour.muted);
    cells.forEach((cell, c) => {
      if (!cell) return;
      context.globalAlpha = SHADES[Math.abs(cell.level)] * 0.7;
      context.fillStyle = cell.level < 0 ? colour.loss : colour.gain;
      context.fillRect(LABELS + c * width, y, width - 1, ROW - 1);
      context.globalAlpha = 1;
      write(cell.text, LABELS + c * width + 4, y, width - 6, colour.text);
    });
  });
  return pngOf(canvas);
}
