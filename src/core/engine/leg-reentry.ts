/** `legs[].reentry`: a leg that has closed by a rule of its own is due to open again. Seconds are places on the grid. */
import { atLeast, atMost, type Range, type Slot } from "./late-legs.ts";
import type { Position } from "./position.ts";

/** Marks the leg as due from the second after its exit's fill, if its re-entry is for the rule and not used up. */
export function enterAgain(slot: Slot, rule: "stop_loss" | "target", { trades, window }: Position): void {
  const { reentry } = slot.rules;
  const { entry, exit, units, contract } = slot.trade!;
  const from = exit!.second + 1;
  if (!reentry?.on.includes(rule) || slot.reentries >= reentry.times || from >= window.exit) return;
  slot.reentries++;
  const first = trades.find((trade) => trade.place === slot.place && trade.contract === contract)!;
  const price = reentry.mode === "at_cost" ? backAtCost(first.entry.price, units > 0, (exit!.price - entry.price) * units < 0) : null;
  slot.late = { kind: "due", from, contract: reentry.mode === "new_atm" ? null : contract, price };
}

/** Where a leg that closed at a loss or not could be opened again at the price `filled`: a buyer waits for the ask, a seller for the bid. */
function backAtCost(filled: number, buys: boolean, loss: boolean): Range {
  return buys === loss ? atLeast(filled) : atMost(filled);
}
