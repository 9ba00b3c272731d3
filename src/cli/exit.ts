/** How the command line ends: 0 done, 1 the run failed, 2 the arguments or the strategy are wrong. */
export const EXIT = { done: 0, failed: 1, usage: 2 } as const;

/** The arguments are wrong; the message says what was found and what is allowed. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The data does not let the strategy run; the message says why. */
export class PlanRefused extends Error {
  override readonly name = "PlanRefused";
  constructor(
    message: string,
    /** The user has to choose a clock zone or a layout first. */
    readonly choice: boolean,
  ) {
    super(message);
  }
}
