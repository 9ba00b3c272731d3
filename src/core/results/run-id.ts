/**
 * A name for one run: `20241124-032619-123-9f3a1c20b7`, UTC to the millisecond and 40 random bits.
 * Ids of later runs sort after those of earlier ones. It goes into no hash.
 */
export function newRunId(now: Date): string {
  const [date, time] = now.toISOString().replaceAll(/[-:Z]/g, "").replace(".", "-").split("T");
  const tail = Array.from(crypto.getRandomValues(new Uint8Array(5)), (byte) => byte.toString(16).padStart(2, "0"));
  return `${date}-${time}-${tail.join("")}`;
}
