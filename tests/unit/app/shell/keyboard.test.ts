import { describe, expect, it } from "vitest";
import { tradeBeside } from "../../../../src/app/shell/keyboard.ts";

describe("the trade beside the chosen one", () => {
  it("is the next or the previous one of the run, and stays at its ends", () => {
    expect([tradeBeside(3, undefined, -1, 1), tradeBeside(3, undefined, 0, 1), tradeBeside(3, undefined, 2, 1), tradeBeside(3, undefined, 0, -1)]).toEqual([0, 1, 2, 0]);
    expect(tradeBeside(0, undefined, -1, 1)).toBeUndefined();
  });

  it("is one that the filter keeps, wherever the chosen one stands", () => {
    const kept = Uint32Array.of(2, 5, 9);
    expect([tradeBeside(20, kept, 5, 1), tradeBeside(20, kept, 5, -1), tradeBeside(20, kept, 3, 1), tradeBeside(20, kept, 7, -1)]).toEqual([9, 2, 5, 5]);
    expect([tradeBeside(20, kept, 9, 1), tradeBeside(20, kept, 2, -1)]).toEqual([9, 2]);
    expect([tradeBeside(20, kept, 12, 1), tradeBeside(20, kept, 0, -1)]).toEqual([9, 2]);
    expect(tradeBeside(20, Uint32Array.of(), 4, 1)).toBeUndefined();
  });
});
