/** The part of a run that every view of the results shows. */
import { weekday, type DayNumber } from "../time.ts";
import { selectPositions, type Positions } from "./positions.ts";

/** null leaves a property open. */
export interface Selection {
  /** Index of the variant, from 0. */
  readonly variant: number;
  /** First and last date, both included. */
  readonly from: DayNumber | null;
  readonly to: DayNumber | null;
  /** 1 = Monday … 7 = Sunday. */
  readonly weekday: number | null;
  /** Calendar days to the expiry. */
  readonly dte: number | null;
  /** Place in `time.window`, from 1. */
  readonly window: number | null;
}

export const WHOLE_RUN: Selection = { variant: 0, from: null, to: null, weekday: null, dte: null, window: null };

/** Whether all days, expiries and windows are in it. */
export function isWhole({ from, to, weekday: day, dte, window }: Selection): boolean {
  return from === null && to === null && day === null && dte === null && window === null;
}

export function dateSelected(selection: Selection, date: DayNumber): boolean {
  const { from, to } = selection;
  return (from === null || date >= from) && (to === null || date <= to) && (selection.weekday === null || weekday(date) === selection.weekday);
}

/** Whether a position or one of its trades belongs to the selection, whatever its variant. */
export function isSelected(selection: Selection, date: DayNumber, dte: number, window: number): boolean {
  return (selection.dte === null || dte === selection.dte) && (selection.window === null || window === selection.window) && dateSelected(selection, date);
}

/** Of one variant's positions those that are selected; the same table where all are. */
export function selectedPositions(positions: Positions, selection: Selection): Positions {
  if (isWhole(selection)) return positions;
  const kept: number[] = [];
  for (let i = 0; i < positions.date.length; i++) if (isSelected(selection, positions.date[i], positions.dte[i], positions.window[i])) kept.push(i);
  return selectPositions(positions, kept);
}

/**
 * The dates that count for the selected positions of a variant, ascending. A day without a position has no DTE of its
 * own, so with a wanted DTE only days with such a position count.
 * @param days dates run
 */
export function selectedDays(selection: Selection, days: readonly DayNumber[], selected: Positions): readonly DayNumber[] {
  if (selection.dte !== null) return [...new Set(selected.date)];
  return isWhole(selection) ? days : days.filter((date) => dateSelected(selection, date));
}
