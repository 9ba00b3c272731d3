/** Fetching the next while the one before is used. */
import { expect, it } from "vitest";
import { fetchedAhead } from "../../../src/data/fetched-ahead.ts";

it("has begun to fetch the next, and no other, when an item is used", async () => {
  const begun: number[] = [];
  const used: unknown[] = [];
  for await (const [item, fetched] of fetchedAhead([1, 2, 3], async (item) => (begun.push(item), item * 10))) used.push([item, fetched, [...begun]]);
  expect(used).toEqual([[1, 10, [1, 2]], [2, 20, [1, 2, 3]], [3, 30, [1, 2, 3]]]);
});

it("gives nothing of nothing", async () => {
  for await (const _ of fetchedAhead([], async () => 1)) expect.unreachable();
});

it("rejects with what a fetch rejects with, in its turn, and leaves no rejection behind where the use ends before it", async () => {
  const fails = async (item: number): Promise<number> => {
    if (item === 2) throw new Error("no second");
    return item;
  };
  const used: number[] = [];
  const all = async (): Promise<void> => {
    for await (const [item] of fetchedAhead([1, 2, 3], fails)) used.push(item);
  };
  await expect(all()).rejects.toThrow("no second");
  expect(used).toEqual([1]);
  for await (const [item] of fetchedAhead([1, 2], fails)) {
    expect(item).toBe(1);
    break;
  }
  await new Promise((resolve) => setTimeout(resolve, 5));
});
