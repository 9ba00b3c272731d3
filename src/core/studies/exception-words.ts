/** Why a day is exceptional, for people. */
import type { Stats } from "./describe.ts";
import { metricFacts, STUDY_METRICS, type StudyMetric } from "./metrics.ts";
import type { Outlying } from "./outliers.ts";
import type { Study } from "./schema.ts";

const DECIMALS = { percent: 3, rupees: 2, units: 0 } as const;
const AFTER = { percent: " %", rupees: "", units: "" } as const;

/** A figure of a metric: percents with three decimals, rupees with two, units in whole; `—` for none. */
export function figure(metric: StudyMetric, value: number | null, decimals: number = DECIMALS[metricFacts(metric).unit]): string {
  if (value === null) return "—";
  const text = value.toLocaleString("en-IN", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return `${/^-[0.,]*$/.test(text) ? text.slice(1) : text.replace("-", "−")}${AFTER[metricFacts(metric).unit]}`;
}

/** `return of 1.920 %, where the median is 0.030 %: 6.1 by MAD (limit 3.5); beyond the fence of 0.880 % by IQR` */
export function exceptionWords(metric: StudyMetric, value: number, { median }: Stats, { score, mad, iqr, fence }: Outlying, limits: Study["outliers"]): string {
  const reasons = [
    ...(mad ? [`${score!.toFixed(1)} by MAD (limit ${limits.mad})`] : []),
    ...(iqr ? [`beyond the fence of ${figure(metric, fence)} by IQR`] : []),
  ];
  return `${STUDY_METRICS[metric].words} of ${figure(metric, value)}, where the median is ${figure(metric, median)}: ${reasons.join("; ")}`;
}
