import type uPlot from "uplot";
import type { TradeColumns } from "../../../core/results/types.ts";
import type { WaitingLeg } from "../../../core/results/waiting-legs.ts";
import { resolveColour } from "../../ui/canvas-style.ts";

const RADIUS = 3;

/** A ring where a waiting leg was armed, and a dotted line from it to its fill, at the price of the fill. */
export function drawWaits(plot: uPlot, trades: TradeColumns, waits: readonly WaitingLeg[]): void {
  const { ctx, bbox } = plot;
  const scale = devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.strokeStyle = resolveColour("--text");
  ctx.lineWidth = 1.5 * scale;
  for (const { row, armed, filled } of waits) {
    const [from, to, y] = [plot.valToPos(armed, "x", true), plot.valToPos(filled, "x", true), plot.valToPos(trades.entryPx[row] / 100, "y", true)];
    ctx.setLineDash([]);
    ctx.beginPath();
    ctx.arc(from, y, RADIUS * scale, 0, 2 * Math.PI);
    ctx.stroke();
    ctx.setLineDash([2 * scale, 3 * scale]);
    ctx.beginPath();
    ctx.moveTo(from + RADIUS * scale, y);
    ctx.lineTo(to, y);
    ctx.stroke();
  }
  ctx.restore();
}
