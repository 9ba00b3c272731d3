import type { DayReason } from "../results/types.ts";

/** Why a day is not run; becomes a `not_run` outcome. */
export class NotRun extends Error {
  override readonly name = "NotRun";
  constructor(
    readonly reason: DayReason,
    readonly detail: string,
  ) {
    super(detail);
  }
}
