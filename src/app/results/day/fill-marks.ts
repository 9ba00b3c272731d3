import type uPlot from "uplot";
import { SIDES, type TradeColumns } from "../../../core/results/types.ts";
import { resolveColour } from "../../ui/canvas-style.ts";

const SIZE = 5;

/** Triangles where legs were filled: up for what was bought, down for what was sold; filled at an entry, hollow at an exit. */
export function drawFills(plot: uPlot, trades: TradeColumns): void {
  const { ctx } = plot;
  const scale = devicePixelRatio;
  const colours = { BUY: resolveColour("--gain"), SELL: resolveColour("--loss"), back: resolveColour("--surface") };
  const { min, max } = plot.scales.x;
  const mark = (second: number, paise: number, bought: boolean, entry: boolean) => {
    if (second < (min ?? 0) || second > (max ?? 0)) return;
    const [x, y] = [plot.valToPos(second, "x", true), plot.valToPos(paise / 100, "y", true)];
    const size = SIZE * scale * (bought ? 1 : -1);
    ctx.beginPath();
    ctx.moveTo(x, y - size);
    ctx.lineTo(x - size, y + size);
    ctx.lineTo(x + size, y + size);
    ctx.closePath();
    ctx.fillStyle = entry ? colours[bought ? "BUY" : "SELL"] : colours.back;
    ctx.strokeStyle = colours[bought ? "BUY" : "SELL"];
    ctx.fill();
    ctx.stroke();
  };
  ctx.save();
  ctx.lineWidth = 1.5 * scale;
  for (let row = 0; row < trades.length; row++) {
    const long = SIDES[trades.side[row]] === "BUY";
    mark(trades.tsEntry[row], trades.entryPx[row], long, true);
    mark(trades.tsExit[row], trades.exitPx[row], !long, false);
  }
  ctx.restore();
}
