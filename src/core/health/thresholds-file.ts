/** A file of thresholds: YAML or JSON. */
import { readDocument } from "../strategy/document.ts";
import type { TextKind } from "../strategy/text.ts";
import { thresholdsOf, thresholdsSchema, type Thresholds } from "./thresholds.ts";

const KIND: TextKind = { thing: "a file of health thresholds", keys: "version, quarantine" };

/** Throws a StrategyError that lists every problem. */
export function parseThresholds(text: string): Thresholds {
  return thresholdsOf(readDocument(text, KIND, thresholdsSchema).data);
}
