import type { MarketRules } from "../core/market/types.ts";
import type { DayNotRun } from "../core/results/types.ts";
import { problemText } from "../core/strategy/types.ts";
import { checkStudy, studyVerdict } from "../core/studies/check.ts";
import { looksBack, type PlacedStudy } from "../core/studies/parse.ts";
import type { Study } from "../core/studies/schema.ts";
import { dayNumber } from "../core/time.ts";
import { ChoiceNeeded, type Catalogue } from "../data/catalogue/catalogue.ts";
import type { Progress } from "../data/catalogue/types.ts";
import { packPlan, type DayPortion } from "./packed-plan.ts";
import { joinPortions } from "./portions.ts";
import type { StudyPlan } from "./protocol.ts";

/** The days of a study and how they are handed out, or in words what keeps it from running on this data. */
export async function planStudy(catalogue: Catalogue, placed: PlacedStudy, rules: MarketRules, progress?: (progress: Progress) => void): Promise<StudyPlan> {
  const problems = checkStudy(placed, rules, catalogue.summary().symbols.map(({ symbol }) => symbol));
  if (problems.length > 0) return { kind: "refused", choice: false, message: problems.map(problemText).join("\n") };
  try {
    return await planned(catalogue, placed.study, rules, progress);
  } catch (error) {
    if (!(error instanceof ChoiceNeeded)) throw error;
    return { kind: "refused", choice: true, message: error.message };
  }
}

async function planned(catalogue: Catalogue, study: Study, rules: MarketRules, progress?: (progress: Progress) => void): Promise<StudyPlan> {
  const { time: { from, to }, universe: { symbol } } = study;
  const earlier = looksBack(study);
  const held = await catalogue.candidateDates(symbol, { ...(from !== null && !earlier && { from: dayNumber(from) }), ...(to !== null && { to: dayNumber(to) }) }, progress);
  const verdicts = held.map((date) => ({ date, verdict: studyVerdict(study, rules, date) }));
  const wanted = verdicts.flatMap(({ date, verdict }) => (verdict === "run" ? [date] : []));
  const notRun = verdicts.flatMap(({ date, verdict }): DayNotRun[] => (typeof verdict === "string" ? [] : [{ date, ...verdict }]));
  const dates = earlier ? held.filter((date) => date <= (wanted.at(-1) ?? -Infinity)) : wanted;
  const portions = fewer(joinPortions([{ chunks: await catalogue.chunks(symbol, dates, progress), dates: new Set(dates) }]));
  return { kind: "planned", wanted, notRun, ...packPlan({ strategies: [], dates, portions, earlier: [] }) };
}

/** A day of a study is quick, and a weekday's study has one in each cycle: cycles go together until so many days are worth asking for. */
const WORTH_ASKING = 8;

function fewer(portions: readonly DayPortion[]): DayPortion[] {
  const joined: DayPortion[] = [];
  for (const portion of portions) {
    const last = joined.at(-1);
    if (last && last.dates.length + portion.dates.length <= WORTH_ASKING) joined[joined.length - 1] = { dates: [...last.dates, ...portion.dates], chunks: [...last.chunks, ...portion.chunks] };
    else joined.push(portion);
  }
  return joined;
}
