import { expect, it } from "vitest";
import { ENTRY_REASONS, type SampledTrade } from "../../../../src/core/results/types.ts";
import { waitingLegs } from "../../../../src/core/results/waiting-legs.ts";
import { tradeTable } from "./trades.ts";

const reasonEntry = (name: (typeof ENTRY_REASONS)[number]) => ENTRY_REASONS.indexOf(name);
const at = reasonEntry("at");

it("are those that were decided after their position, from its decision to their fill", () => {
  const trades = tradeTable([
    { positionId: 1, legId: 1, decisionEntry: 100, tsEntry: 101, reasonEntry: at },
    { positionId: 1, legId: 2, decisionEntry: 400, tsEntry: 403, reasonEntry: at },
    { positionId: 1, legId: 3, decisionEntry: 250, tsEntry: 251, reasonEntry: at },
    { positionId: 2, legId: 1, decisionEntry: 900, tsEntry: 901, reasonEntry: at },
  ]);
  expect(waitingLegs(trades, [])).toEqual([{ row: 2, armed: 100, filled: 251 }, { row: 1, armed: 100, filled: 403 }]);
});

it("are none that came again or were rolled", () => {
  const trades = tradeTable([
    { positionId: 1, legId: 1, decisionEntry: 100, tsEntry: 101, reasonEntry: at },
    { positionId: 1, legId: 1, decisionEntry: 300, tsEntry: 301, reasonEntry: reasonEntry("reentry") },
    { positionId: 1, legId: 2, decisionEntry: 100, tsEntry: 102, reasonEntry: at },
    { positionId: 1, legId: 2, decisionEntry: 500, tsEntry: 501, reasonEntry: reasonEntry("adjust") },
  ]);
  expect(waitingLegs(trades, [])).toEqual([]);
});

it("leave out a position of which every leg waited", () => {
  const trades = tradeTable([
    { positionId: 1, legId: 1, decisionEntry: 100, tsEntry: 101, reasonEntry: at },
    { positionId: 1, legId: 2, decisionEntry: 200, tsEntry: 201, reasonEntry: at },
  ]);
  const sampled = (legId: number, second: number, rule: string) => ({ positionId: 1, legId, entryDecision: { second, rule } }) as SampledTrade;
  expect(waitingLegs(trades, [sampled(1, 100, "wait 09:16:40"), sampled(2, 200, "wait 09:18:20")])).toEqual([]);
  expect(waitingLegs(trades, [sampled(1, 100, "at 09:16:40"), sampled(2, 200, "wait 09:18:20")])).toEqual([{ row: 1, armed: 100, filled: 201 }]);
});
