/** In which zone the clocks of a layout stand (semantics §1.2), decided once for all of its files. */
import type { ClockProbe, ClockZone, Layout, ZoneFinding } from "./types.ts";

/** Files of a layout that are looked at, in path order. */
export const PROBED_FILES = 200;
const DECIDED = 0.95;

/** `probes` are of the first files of the layout; the choice of the user goes before what the clocks say. */
export function decideZone(layout: Layout, probes: readonly ClockProbe[], chosen: ClockZone | undefined): ZoneFinding {
  const unnamed = probes.filter(({ arrowZone }) => !isTrueZone(arrowZone));
  const total = (count: (probe: ClockProbe) => number): number => unnamed.reduce((sum, probe) => sum + count(probe), 0);
  const rows = total((probe) => probe.rows);
  if (rows === 0) {
    if (chosen) return { layout, zone: chosen, source: "chosen" };
    return unnamed.length < probes.length ? { layout, zone: "utc", source: "arrow" } : { layout, zone: "ask", source: "measured" };
  }
  const istShare = total((probe) => probe.ist) / rows;
  const utcShare = total((probe) => probe.utc) / rows;
  if (chosen) return { layout, zone: chosen, source: "chosen", istShare, utcShare };
  const ist = istShare >= DECIDED;
  const utc = utcShare >= DECIDED;
  return { layout, zone: ist === utc ? "ask" : ist ? "ist-wall" : "utc", source: "measured", istShare, utcShare };
}

/** A named zone other than UTC says that the instants are true. */
function isTrueZone(zone: string | undefined): boolean {
  return zone !== undefined && !/^(?:|utc|etc\/utc|gmt|z|[+-]00:?00)$/i.test(zone);
}

/** The zones that are decided, as workers take them. */
export function decidedZones(findings: readonly ZoneFinding[]): Partial<Record<Layout, ClockZone>> {
  const zones: Partial<Record<Layout, ClockZone>> = {};
  for (const { layout, zone } of findings) if (zone !== "ask") zones[layout] = zone;
  return zones;
}
