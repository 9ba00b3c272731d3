export interface Overtakable {
  /** Runs what the user has now. Resolves when that has ended, or was overtaken. */
  run(): Promise<void>;
  /** Ends a run of which nobody wants the figures any more. Resolves when it is out of the way. */
  overtake(): Promise<void>;
}

/** Answers what to call on every change: a run that a change overtakes is ended, those between are left out, the last one is made. */
export function createLastWins({ run, overtake }: Overtakable): () => Promise<void> {
  let wanted = 0;
  let going = false;
  return async () => {
    wanted++;
    if (going) return overtake();
    going = true;
    try {
      await overtake();
      for (let served = 0; served !== wanted; ) {
        served = wanted;
        await run();
      }
    } finally {
      going = false;
    }
  };
}
