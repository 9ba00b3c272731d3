import { expect, it } from "vitest";
import { NO_HISTORY, noted, redone, undone } from "../../../../src/app/editor/text-history.ts";

it("takes changes back one by one and brings them on again", () => {
  let history = noted(NO_HISTORY, "a", "yaml", 0);
  history = noted(history, "b", "yaml", 10_000);
  const first = undone(history, "c");
  expect(first?.text).toBe("b");
  const second = undone(first!.history, "b");
  expect(second?.text).toBe("a");
  expect(undone(second!.history, "a")).toBeUndefined();
  expect(redone(second!.history, "a")?.text).toBe("b");
  expect(redone(redone(second!.history, "a")!.history, "b")?.text).toBe("c");
});

it("takes back together what one control changed without a pause, and apart what two did", () => {
  const typed = noted(noted(NO_HISTORY, "", "yaml", 0), "a", "yaml", 100);
  expect(undone(typed, "ab")?.text).toBe("");
  const apart = noted(noted(NO_HISTORY, "", "entry.legs[0].lots", 0), "a", "entry.legs[1].lots", 100);
  expect(undone(apart, "ab")?.text).toBe("a");
});

it("has nothing to bring on after a new change, also one right after an undo", () => {
  const back = undone(noted(NO_HISTORY, "a", "yaml", 0), "b")!.history;
  const changed = noted(back, "a", "yaml", 1);
  expect(redone(changed, "c")).toBeUndefined();
  expect(undone(changed, "c")?.text).toBe("a");
});
