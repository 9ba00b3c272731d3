/** Strategies of the page and files of a folder: what becomes of each pair. */
import { expect, it } from "vitest";
import { fileNameOf, planSync, type OwnText, type StrategyFile, type SyncLink } from "../../../../src/app/library/sync-plan.ts";

const file = (name: string, text: string): StrategyFile => ({ name, text, saved: 1_700_000_000_000 });
const own = (id: string, text: string, name = "Mine"): OwnText => ({ id, name, text });
const link = (text: string): SyncLink => ({ id: "a", file: "mine.yaml", text });
const NOTHING = { same: [], take: [], write: [], questions: [] };

it("leaves alone what is the same, and remembers that it is", () => {
  expect(planSync([file("mine.yaml", "1")], [own("a", "1")], [link("1")])).toEqual({ ...NOTHING, same: [link("1")] });
  // Both came to the same text by themselves.
  expect(planSync([file("mine.yaml", "2")], [own("a", "2")], [link("1")])).toEqual({ ...NOTHING, same: [link("2")] });
});

it("follows the side that has changed", () => {
  expect(planSync([file("mine.yaml", "1")], [own("a", "2")], [link("1")])).toEqual({ ...NOTHING, write: [{ own: own("a", "2"), file: "mine.yaml", before: "1" }] });
  expect(planSync([file("mine.yaml", "2")], [own("a", "1")], [link("1")])).toEqual({ ...NOTHING, take: [{ file: file("mine.yaml", "2"), own: own("a", "1") }] });
});

it("asks where both have changed, or one side is gone", () => {
  expect(planSync([file("mine.yaml", "2")], [own("a", "3")], [link("1")]).questions).toEqual([{ kind: "both_changed", link: link("1"), own: own("a", "3"), file: file("mine.yaml", "2") }]);
  expect(planSync([], [own("a", "1")], [link("1")])).toEqual({ ...NOTHING, questions: [{ kind: "file_gone", link: link("1"), own: own("a", "1") }] });
  expect(planSync([file("mine.yaml", "1")], [], [link("1")])).toEqual({ ...NOTHING, questions: [{ kind: "own_gone", link: link("1"), file: file("mine.yaml", "1") }] });
  expect(planSync([], [], [link("1")])).toEqual(NOTHING);
});

it("brings new ones over in both directions, and joins those that are the same already", () => {
  const plan = planSync([file("theirs.yaml", "t"), file("twin.yaml", "w")], [own("b", "w", "Twin"), own("c", "n", "New one")], []);
  expect(plan).toEqual({
    same: [{ id: "b", file: "twin.yaml", text: "w" }], take: [{ file: file("theirs.yaml", "t"), own: undefined }],
    write: [{ own: own("c", "n", "New one"), file: "New-one.yaml", before: undefined }], questions: [],
  });
});

it("names files after strategies, and never two alike", () => {
  expect(fileNameOf("Iron condor, 0.2 Δ")).toBe("Iron-condor-0-2.yaml");
  expect(fileNameOf("../../etc/passwd")).toBe("etc-passwd.yaml");
  expect(fileNameOf("Δ")).toBe("strategy.yaml");
  const plan = planSync([file("same-name.yaml", "x")], [own("a", "1", "Same name"), own("b", "2", "Same name")], []);
  expect(plan.write.map((one) => one.file)).toEqual(["Same-name-2.yaml", "Same-name-3.yaml"]);
});
