import { describe, expect, it } from "vitest";
import { createLastWins } from "../../../../src/app/session/last-wins.ts";

/** Runs that take as long as the test lets them, and note the value that they began with. */
function made() {
  const begun: number[] = [];
  let value = 0;
  let end: () => void = () => undefined;
  let overtaken = 0;
  const change = createLastWins({
    async run() {
      begun.push(value);
      await new Promise<void>((resolve) => (end = resolve));
    },
    async overtake() {
      overtaken++;
      end();
    },
  });
  return {
    begun,
    overtaken: () => overtaken,
    set(next: number) {
      value = next;
      return change();
    },
    end: () => end(),
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 5));

describe("createLastWins", () => {
  it("ends what is overtaken, leaves out what came and went meanwhile, and runs the last value", async () => {
    const { begun, set, end, overtaken } = made();
    const first = set(0);
    await settled();
    for (const value of [1, 2, 3, 4]) void set(value);
    await settled();
    expect(begun).toEqual([0, 4]);
    expect(overtaken()).toBe(5);
    end();
    await first;
    expect(begun).toEqual([0, 4]);
  });

  it("begins anew after a rest, and after a run that failed", async () => {
    const { begun, set, end } = made();
    const first = set(1);
    await settled();
    end();
    await first;
    void set(2);
    await settled();
    end();
    expect(begun).toEqual([1, 2]);
    const failing = createLastWins({ run: () => Promise.reject(new Error("no")), overtake: async () => undefined });
    await expect(failing()).rejects.toThrow("no");
    await expect(failing()).rejects.toThrow("no");
  });
});
