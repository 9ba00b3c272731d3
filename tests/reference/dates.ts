/** Dates as `YYYY-MM-DD` text, clocks as seconds of the IST day. Written for the reference alone. */

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}

export function weekdayOf(date: string): string {
  return ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][new Date(`${date}T00:00:00Z`).getUTCDay()];
}

/** `HH:MM` or `HH:MM:SS` as a second of the day. */
export function secondOf(clock: string): number {
  const [hours, minutes, seconds = "0"] = clock.split(":");
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}

export function clockOf(second: number): string {
  return new Date(second * 1000).toISOString().slice(11, 19);
}

/** `09:15-15:25` as [33300, 55500). */
export function windowOf(text: string): { start: number; end: number } {
  const [start, end] = text.split("-");
  return { start: secondOf(start.trim()), end: secondOf(end.trim()) };
}
