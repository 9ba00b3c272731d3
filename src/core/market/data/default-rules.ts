import type { RulesData } from "../rules-data.ts";
import { CALENDAR } from "./calendar.ts";
import { COSTS } from "./costs.ts";
import { REDATED } from "./redated.ts";
import { SYMBOLS } from "./symbols.ts";
import { TICKS } from "./ticks.ts";

export const DEFAULT_RULES: RulesData = {
  version: "2026-08-22.2",
  symbols: SYMBOLS,
  calendar: CALENDAR,
  redated: REDATED,
  ticks: TICKS,
  costs: COSTS,
};
