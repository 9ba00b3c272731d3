import { describe, expect, it } from "vitest";
import { WorkerTuning } from "../../../src/pool/worker-tuning.ts";

/** Contract-days per second by number of workers; answers the numbers that were tried, the last of them kept. */
function tried(rateOf: (count: number) => number, start: number, most: number, tuned = true): number[] {
  let now = 0;
  const tuning = new WorkerTuning({ start, most, tuned }, () => now);
  const counts = [tuning.allowed];
  for (let step = 0; step < 3_000; step++) {
    now += 25;
    if (tuning.note(rateOf(tuning.allowed) * 0.025)) counts.push(tuning.allowed);
  }
  return counts;
}

describe("WorkerTuning", () => {
  it("keeps the number with the most contract-days per second", () => {
    // A disk that three workers keep busy and more of them disturb.
    const disk = (count: number) => 100 * Math.min(count, 3) - 20 * Math.max(0, count - 3);
    expect(tried(disk, 1, 8)).toEqual([1, 2, 3, 4, 3]);
    expect(tried(disk, 6, 8).at(-1)).toBe(3);
    expect(tried((count) => 50 * count, 3, 4)).toEqual([3, 4]);
    expect(tried((count) => 50 / count, 2, 4)).toEqual([2, 3, 1]);
  });

  it("does not go on for a gain that is not worth it, and stays where nothing is to be tuned", () => {
    expect(tried((count) => 100 + count, 3, 4)).toEqual([3, 4, 2, 3]);
    expect(tried((count) => 50 * count, 1, 1)).toEqual([1]);
    expect(tried((count) => 50 * count, 2, 4, false)).toEqual([2]);
  });

  it("lets a worker wait until it may work, or nothing is left", async () => {
    const tuning = new WorkerTuning({ start: 1, most: 3, tuned: true });
    const came: number[] = [];
    const turns = [0, 1, 2].map((index) => tuning.turn(index).then(() => came.push(index)));
    await turns[0];
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(came).toEqual([0]);
    tuning.end();
    await Promise.all(turns);
    expect(came).toEqual([0, 1, 2]);
  });
});
