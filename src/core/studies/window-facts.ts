/** What one series did in one window of one day. docs/studies.md states the rules. */
import { extremes, realisedVolatility } from "../facts/own-facts.ts";
import { PAISE_PER_RUPEE } from "../money.ts";
import { tallyOf, type Tally } from "./describe.ts";
import type { WindowMetric } from "./metrics.ts";

/** A series by second of the session, from 0. */
export interface SecondSeries {
  /** Paise; 0 before the first value, carried after it. */
  readonly prices: Int32Array;
  /** The second that each of them counts from. */
  readonly since: Int32Array;
  /** Volume of each second, NaN where it is missing; null: the series has none. */
  readonly volume: Float64Array | null;
  /** Seconds after which a value is too old. */
  readonly maxAge: number;
}

export interface WindowFacts {
  /** Rupees. */
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly values: Readonly<Record<WindowMetric, number | null>>;
  /** Every change of volume from one second to the next; null without volume. */
  readonly changes: Tally | null;
}

/** Why a window of a day has no figures. */
export interface WindowMissing {
  readonly missing: string;
}

/** @param from first second of the window @param to the second after its last, at most the seconds of the session */
export function windowFacts(series: SecondSeries, from: number, to: number): WindowFacts | WindowMissing {
  const { prices, since, maxAge } = series;
  let first = from;
  while (first < to && !(prices[first] > 0 && first - since[first] <= maxAge)) first++;
  if (first === to) return { missing: "no price in the window" };
  if (first - from > maxAge) return { missing: `its first price comes more than ${maxAge} seconds after its start (max_age)` };
  const last = to - 1;
  if (last - since[last] > maxAge) return { missing: `its last price is more than ${maxAge} seconds old at its end (max_age)` };

  const [open, close] = [prices[first], prices[last]];
  const { high, low } = extremes(prices, first, to);
  const volume = volumeOf(series.volume, from, to);
  return {
    open: open / PAISE_PER_RUPEE, high: high / PAISE_PER_RUPEE, low: low / PAISE_PER_RUPEE, close: close / PAISE_PER_RUPEE,
    values: {
      return: (close / open - 1) * 100, points: (close - open) / PAISE_PER_RUPEE,
      range: ((high - low) / open) * 100, range_points: (high - low) / PAISE_PER_RUPEE,
      rv: realisedVolatility(prices, first, to), volume: volume.sum, volume_jump: volume.jump,
    },
    changes: volume.changes,
  };
}

function volumeOf(volume: Float64Array | null, from: number, to: number): { readonly sum: number | null; readonly jump: number | null; readonly changes: Tally | null } {
  if (volume === null) return { sum: null, jump: null, changes: null };
  let sum: number | null = null;
  const changes: number[] = [];
  for (let s = from; s < to; s++) {
    const now = volume[s];
    if (Number.isNaN(now)) continue;
    sum = (sum ?? 0) + now;
    const before = s === 0 ? NaN : volume[s - 1];
    if (!Number.isNaN(before)) changes.push(now - before);
  }
  const jump = changes.length === 0 ? null : changes.reduce((most, change) => Math.max(most, Math.abs(change)), 0);
  return { sum, jump, changes: tallyOf(changes) };
}
