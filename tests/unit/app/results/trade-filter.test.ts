import { expect, it } from "vitest";
import { filterTrades } from "../../../../src/app/results/trade-filter.ts";
import { WHOLE_RUN, type Selection } from "../../../../src/core/results/selection.ts";
import { blankTrade, createTradeBuilder } from "../../../../src/core/results/trade-builder.ts";
import { EXIT_REASONS } from "../../../../src/core/results/types.ts";
import { dayNumber } from "../../../../src/core/time.ts";

const labels = { variants: ["v1"], symbols: ["BANKNIFTY"] };

function trades() {
  const builder = createTradeBuilder();
  for (let i = 0; i < 4; i++) {
    builder.push({ ...blankTrade(), date: dayNumber("2024-08-23"), expiry: dayNumber("2024-08-28"), strike: 50_500 + 100 * (i >> 1), cp: i % 2, reasonExit: EXIT_REASONS.indexOf(i === 3 ? "stop_loss" : "rebalance") });
  }
  return builder.finish();
}

const filtered = (text: string, selection: Partial<Selection> = {}) => ({ text, selection: { ...WHOLE_RUN, ...selection }, oneVariant: false });
const kept = async (text: string, selection?: Partial<Selection>) => [...((await filterTrades(trades(), labels, filtered(text, selection), new AbortController().signal)) ?? [])];

it("keeps the trades in which every word begins a field, in any order and case", async () => {
  expect(await kept("50500 ce")).toEqual([0]);
  expect(await kept("PE 506 bank")).toEqual([3]);
  expect(await kept("stop_loss")).toEqual([3]);
  expect(await kept("2024-08-23")).toEqual([0, 1, 2, 3]);
  expect(await kept("straddle")).toEqual([]);
});

it("keeps the selected trades alone, with or without words", async () => {
  expect(await kept("", { weekday: 5 })).toEqual([0, 1, 2, 3]);
  expect(await kept("pe", { dte: 5 })).toEqual([1, 3]);
  expect(await kept("pe", { weekday: 4 })).toEqual([]);
  expect([...((await filterTrades(trades(), labels, { ...filtered("", { variant: 1 }), oneVariant: true }, new AbortController().signal)) ?? [])]).toEqual([]);
});

it("gives up when a newer filter has come", async () => {
  const work = new AbortController();
  const many = createTradeBuilder();
  for (let i = 0; i < 200_000; i++) many.push(blankTrade());
  const answer = filterTrades(many.finish(), labels, filtered("x"), work.signal);
  work.abort();
  expect(await answer).toBeUndefined();
});
