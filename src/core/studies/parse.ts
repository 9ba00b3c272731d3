/** A study file to a study: text → places → schema → what a reader should know. */
import { FACTS, REGIME_KNOWN } from "../facts/day-facts.ts";
import { OPENING_SECONDS } from "../facts/own-facts.ts";
import { REGIMES, type Regime } from "../facts/regimes.ts";
import { readDocument } from "../strategy/document.ts";
import { problem, type Grammar } from "../strategy/problems.ts";
import { parseWindow } from "../strategy/schema-parts.ts";
import type { PlacedText, TextKind } from "../strategy/text.ts";
import type { Places, StrategyProblem } from "../strategy/types.ts";
import { studySchema, type Study } from "./schema.ts";

export const STUDY_TEXT: TextKind = { thing: "a study", keys: "name, universe, windows" };
export const STUDY_GRAMMAR: Grammar = { schema: studySchema, extras: [] };
/** Of an ordinary session. */
const OPENS = 33_300;

/** A study, and where its text says what; one that comes from no text has no places. */
export interface PlacedStudy {
  readonly study: Study;
  readonly places?: Places;
}

export interface ParsedStudy extends PlacedStudy {
  readonly warnings: readonly StrategyProblem[];
}

/** Reads YAML or JSON. Throws a StrategyError that lists every problem, as of a strategy. */
export function parseStudy(text: string): ParsedStudy {
  const { data: study, placed } = readDocument(text, STUDY_TEXT, studySchema);
  return { study, places: placed.places, warnings: lookAheads(study, placed) };
}

/** Whether the study needs facts of the days before it. */
export function looksBack({ by, where }: Study): boolean {
  return regimesOf({ by, where }).length > 0;
}

/** The regimes that days are grouped or chosen by. */
export function regimesOf({ by, where }: Pick<Study, "by" | "where">): readonly Regime[] {
  return REGIMES.filter((regime) => by?.includes(regime) === true || where[regime] !== null);
}

/** A group that is known only when a window has begun says nothing of what could have been traded. */
function lookAheads(study: Study, placed: PlacedText): StrategyProblem[] {
  const late = regimesOf(study).filter((regime) => REGIME_KNOWN[regime] === "opening");
  const known = OPENS + OPENING_SECONDS;
  return study.windows.flatMap((text, i) => {
    if (late.length === 0 || parseWindow(text)!.start >= known) return [];
    return [problem(["windows", i], placed, `this window begins before 09:20, and ${late.join(", ")} (${FACTS.range5.help}) is not known until then: the groups describe what happened, they could not have been traded`)];
  });
}
