/** What the simulation of alike variants needs, and where they stand in their day. */
import type { Rows } from "../results/trade-builder.ts";
import type { ThresholdTable } from "../strategy/alike.ts";
import type { Member } from "./cohort.ts";
import type { DayConditions } from "./conditions.ts";
import type { LateLegs } from "./late-legs.ts";
import type { Orders } from "./orders.ts";
import type { StrikeSelector } from "./select.ts";
import type { SkipNotes } from "./skip-notes.ts";
import type { Trace } from "./trace.ts";
import type { TradeSink } from "./trade-rows.ts";
import type { DayWindow } from "./windows.ts";

/** What alike variants need of the day. */
export interface SimulationDay extends TradeSink {
  readonly selector: StrikeSelector;
  readonly conditions: DayConditions;
  readonly windows: readonly DayWindow[];
  readonly orders: Orders;
  readonly late: LateLegs;
  readonly trace: Trace;
  /** Of all variants. */
  readonly thresholds: ThresholdTable;
  /** Those who have parted from the others, to be simulated to the day's end. */
  readonly parted: Parted[];
}

/** A simulation on its way. */
export interface Running {
  /** Those who have not parted. */
  readonly members: readonly Member[];
  /** To the end of the day. Throws NeedContracts when a contract has to be read first; the caller then starts anew. */
  run(): void;
}

/** Members who go on by themselves; should their simulation have to start anew, those who have not parted since. */
export interface Parted {
  readonly members: readonly Member[];
  readonly start: (members: readonly Member[]) => Running;
}

/** Where members stand between two positions. */
export interface Standing {
  /** Place of the window. */
  place: number;
  /** Entries of this window: times that have been tried, or positions that a condition has opened. */
  entries: number;
  positions: number;
  /** The earliest second in which an entry may be decided. */
  freeFrom: number;
  notes: SkipNotes;
  rows: Rows | undefined;
}
