/** How amounts are written in the unit that the user reads results in. Values are hundredths: of rupees, points or percent. */
import type { ResultUnit } from "../../core/results/result-unit.ts";
import { MISSING, wholePnl } from "./format.ts";

const MINUS = "−";
const two = new Intl.NumberFormat("en-IN", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const whole = new Intl.NumberFormat("en-IN", { maximumFractionDigits: 0 });

interface UnitWords {
  readonly label: string;
  /** Stands after every amount. */
  readonly after: string;
}

export const UNIT_WORDS: Readonly<Record<ResultUnit, UnitWords>> = {
  rupees: { label: "Rupees", after: "" },
  points: { label: "Points", after: " pt" },
  per_lot: { label: "Rupees per lot", after: "/lot" },
  return: { label: "Return on capital", after: " %" },
};

/** A gain or loss with its sign: `+₹4,82,310`, `−12.35 pt`, `+₹2,310/lot`, `+1.42 %`. */
export function amount(value: number | null, unit: ResultUnit): string {
  if (value === null || Number.isNaN(value)) return MISSING;
  if (unit === "rupees" || unit === "per_lot") return `${wholePnl(value)}${UNIT_WORDS[unit].after}`;
  const text = two.format(Math.abs(value) / 100);
  return `${text === "0.00" ? "" : value < 0 ? MINUS : "+"}${text}${UNIT_WORDS[unit].after}`;
}

/** An amount without a sign of its own, such as fees. */
export function plainAmount(value: number | null, unit: ResultUnit): string {
  return value === null ? MISSING : amount(value, unit).replace(/^\+/, "");
}

/** In few characters, for cells and axes: `−1.2 L`, `45 k`, `0.35`. Thousands, lakhs and crores of rupees. */
export function shortAmount(value: number | null): string {
  if (value === null || Number.isNaN(value)) return MISSING;
  const size = Math.abs(value) / 100;
  const sign = value < 0 ? MINUS : "";
  if (size >= 9_995_000) return `${sign}${trimmed(size / 1e7)} Cr`;
  if (size >= 99_950) return `${sign}${trimmed(size / 1e5)} L`;
  if (size >= 9_995) return `${sign}${trimmed(size / 1e3)} k`;
  if (size >= 100 || Number.isInteger(size)) return `${sign}${whole.format(size)}`;
  return `${sign}${trimmed(size)}`;
}

function trimmed(size: number): string {
  return size.toFixed(size < 10 ? 2 : size < 100 ? 1 : 0).replace(/\.?0+$/, "");
}

/** A tick of an axis, in the unit itself: `₹1,20,000`, `−40`, `2.5 %`. */
export function amountTick(value: number, unit: ResultUnit): string {
  const text = Math.abs(value) >= 100 ? whole.format(Math.abs(value)) : String(Number(Math.abs(value).toFixed(4)));
  const sign = value < 0 ? MINUS : "";
  return unit === "points" ? `${sign}${text}` : unit === "return" ? `${sign}${text} %` : `${sign}₹${text}`;
}
