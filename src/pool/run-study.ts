/** Hands the days of a study to workers and passes them on as they come. */
import type { Study } from "../core/studies/schema.ts";
import type { StudyDay } from "../core/studies/study-day.ts";
import { isoDate } from "../core/time.ts";
import type { LaneRun } from "./engine-lane.ts";
import { HANG_AFTER } from "./in-time.ts";
import type { EngineOpen, PlannedStudy } from "./protocol.ts";
import { failedTwice, workThrough, type WorkersWanted } from "./work-through.ts";

export interface StudyRequest extends WorkersWanted {
  readonly plan: PlannedStudy;
  /** That which the plan was made for. */
  readonly study: Study;
  /** Whether days come with the prices of their windows, to be drawn. */
  readonly paths?: boolean;
  /** Called once per worker: a port to the page's files cannot be shared. */
  readonly init: () => EngineOpen;
  /** In any order; once per date of the plan unless the run is stopped. */
  readonly onDay: (day: StudyDay) => void;
  readonly hangAfter?: number;
}

/**
 * Resolves when every day has come, or with "stopped" after the signal. A day whose worker crashes or hangs is tried once more in a
 * new worker, and is then unreadable. Rejects with the reason when no worker could ever be made ready.
 */
export async function runStudy(request: StudyRequest): Promise<"done" | "stopped"> {
  const { plan, study, paths, onDay } = request;
  const run: LaneRun = { plan, strategies: [], study, paths, look: true, open: request.init, hangAfter: request.hangAfter ?? HANG_AFTER };
  return workThrough(request, {
    run,
    async days(lane, portion, dates, attempt) {
      let done = await attempt(() => lane.studyDays(run, portion, dates), false);
      if ("failure" in done) done = await attempt(() => lane.studyDays(run, portion, dates.slice(0, 1)), true);
      const days: readonly StudyDay[] = "failure" in done ? [{ date: dates[0], facts: null, windows: [], unreadable: failedTwice(isoDate(dates[0]), done.failure) }] : done;
      return { days: days.length, work: days.length, take: () => days.forEach(onDay) };
    },
  });
}
