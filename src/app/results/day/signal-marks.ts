import type uPlot from "uplot";
import type { Second } from "../../../core/time.ts";
import { resolveColour } from "../../ui/canvas-style.ts";
import type { trueStretches } from "./truth.ts";

const HEIGHT = 4;

/** A bar at the foot of the pane wherever the entry condition was true. */
export function drawSignal(plot: uPlot, stretches: ReturnType<typeof trueStretches>): void {
  const { ctx, bbox } = plot;
  const height = HEIGHT * devicePixelRatio;
  const place = (second: Second) => Math.min(bbox.left + bbox.width, Math.max(bbox.left, plot.valToPos(second, "x", true)));
  ctx.save();
  ctx.fillStyle = resolveColour("--accent");
  for (const [from, to] of stretches) {
    const [left, right] = [place(from), place(to)];
    // What is narrower than a pixel is still seen; what is out of view is not.
    if (right > bbox.left && left < bbox.left + bbox.width) ctx.fillRect(left, bbox.top + bbox.height - height, Math.max(1, right - left), height);
  }
  ctx.restore();
}
