/** The metrics of a condition as written, with their places in the file. */
import type { ConditionForm, MetricForm } from "./condition-schema.ts";
import type { Path } from "./text.ts";

export interface PlacedMetric {
  readonly form: MetricForm;
  readonly path: Path;
}

/** Every metric below `path`, that of a LAG after the LAG. */
export function placedMetrics(condition: ConditionForm, path: Path): PlacedMetric[] {
  const found: PlacedMetric[] = [];
  const visit = (value: unknown, at: Path): void => {
    if (Array.isArray(value)) return value.forEach((item, i) => visit(item, [...at, i]));
    if (value === null || typeof value !== "object") return;
    if ("metric" in value) found.push({ form: value as MetricForm, path: at });
    for (const [key, item] of Object.entries(value)) visit(item, [...at, key]);
  };
  visit(condition, path);
  return found;
}
