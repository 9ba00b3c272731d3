/** How figures are written on the page: ₹ in Indian grouping, signs always shown on P&L, "—" for what is missing. */
import type { Paise } from "../../core/money.ts";

export { bytes } from "../../core/words.ts";

export const MISSING = "—";
const MINUS = "−";

const whole = new Intl.NumberFormat("en-IN", { maximumFractionDigits: 0 });
const paise = new Intl.NumberFormat("en-IN", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

export function count(value: number): string {
  return whole.format(value);
}

/** A count with its noun: `1 day`, `1,241 days`. */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

/** A price without the ₹, two decimals. */
export function price(value: Paise | null): string {
  return value === null ? MISSING : paise.format(value / 100);
}

/** An amount whose sign says nothing of gain and loss: fees, slippage. */
export function rupees(value: Paise | null): string {
  return value === null ? MISSING : `₹${paise.format(value / 100)}`;
}

export function wholeRupees(value: Paise | null): string {
  return value === null ? MISSING : `₹${whole.format(Math.round(value / 100))}`;
}

/** Profit or loss with its sign, in whole rupees: `+₹4,82,310`. */
export function wholePnl(value: Paise | null): string {
  if (value === null) return MISSING;
  const rounded = Math.round(Math.abs(value) / 100);
  return `${rounded === 0 ? "" : value < 0 ? MINUS : "+"}₹${whole.format(rounded)}`;
}

/** Profit or loss with its sign and paise, without the ₹: `−1,412.50`. */
export function pnl(value: Paise | null): string {
  if (value === null) return MISSING;
  return `${value < 0 ? MINUS : value > 0 ? "+" : ""}${paise.format(Math.abs(value) / 100)}`;
}

/** A number with its sign and so many decimals: `−15`, `+1,712`, `−0.0178`. */
export function signed(value: number, decimals: number): string {
  if (Number.isNaN(value)) return MISSING;
  const text = Math.abs(value).toLocaleString("en-IN", { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return `${Number(text.replaceAll(",", "")) === 0 ? "" : value < 0 ? MINUS : "+"}${text}`;
}

/** Gain or loss for the eye that sees no colour. */
export function arrow(value: number | null): "▲" | "▼" | "" {
  return value === null || value === 0 ? "" : value > 0 ? "▲" : "▼";
}

export function gainClass(value: number | null): "gain" | "loss" | undefined {
  return value === null || value === 0 ? undefined : value > 0 ? "gain" : "loss";
}

export function percent(share: number | null): string {
  return share === null ? MISSING : `${(share * 100).toFixed(1)} %`;
}

export function ratio(value: number | null): string {
  return value === null ? MISSING : `${value < 0 ? MINUS : ""}${Math.abs(value).toFixed(Math.abs(value) < 10 ? 2 : 1)}`;
}

/** Seconds in words for people who wait: `41 s`, `3 min`, `1 h 20 min`. */
export function waiting(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** How long a position was held: `5:03`, `1:00:00`. */
export function held(seconds: number | null): string {
  if (seconds === null) return MISSING;
  const rounded = Math.round(seconds);
  const two = (n: number) => String(n).padStart(2, "0");
  const hours = Math.floor(rounded / 3600);
  const minutes = Math.floor(rounded / 60) % 60;
  return hours === 0 ? `${minutes}:${two(rounded % 60)}` : `${hours}:${two(minutes)}:${two(rounded % 60)}`;
}

const instant = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Kolkata", year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" });

/** A moment in IST: `2024-08-23 14:05:09`. */
export function istMoment(milliseconds: number): string {
  const part = Object.fromEntries(instant.formatToParts(milliseconds).map(({ type, value }) => [type, value]));
  return `${part.year}-${part.month}-${part.day} ${part.hour}:${part.minute}:${part.second}`;
}
