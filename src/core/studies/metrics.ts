/** What is measured in a window: one table for the engine, the docs, the tables and the page. */

interface MetricInfo {
  readonly unit: "percent" | "rupees" | "units";
  readonly help: string;
  /** In a sentence: "the return of …". */
  readonly words: string;
  /** Needs the series to have volume: spot, an index, has none. */
  readonly volume?: true;
  /** One value per second of the window instead of one per window. */
  readonly each?: true;
}

export const STUDY_METRICS = {
  return: { unit: "percent", help: "(close / open − 1) · 100", words: "return" },
  points: { unit: "rupees", help: "close − open", words: "move in points" },
  range: { unit: "percent", help: "(high − low) / open · 100", words: "range" },
  range_points: { unit: "rupees", help: "high − low", words: "range in points" },
  rv: { unit: "percent", help: "square root of the sum of squared 1-second log returns within the window", words: "realised volatility" },
  volume: { unit: "units", volume: true, help: "sum of the volume of its seconds", words: "volume" },
  volume_jump: { unit: "units", volume: true, help: "largest |volume of a second − volume of the second before|", words: "largest change of volume" },
  volume_change: { unit: "units", volume: true, each: true, help: "volume of a second − volume of the second before, of every second of every day", words: "change of volume" },
} as const satisfies Record<string, MetricInfo>;

export type StudyMetric = keyof typeof STUDY_METRICS;
export const STUDY_METRIC_NAMES = Object.keys(STUDY_METRICS) as readonly StudyMetric[];
/** Of one value per window and day. */
export type WindowMetric = Exclude<StudyMetric, "volume_change">;
export const WINDOW_METRICS = STUDY_METRIC_NAMES.filter((name): name is WindowMetric => name !== "volume_change");

export const metricFacts = (name: StudyMetric): MetricInfo => STUDY_METRICS[name];
