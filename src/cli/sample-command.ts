import { InvalidArgumentError } from "commander";
import { writeSample } from "./sample.ts";
import { count, say, sayOver } from "./words.ts";

export interface SampleOptions {
  readonly out: string;
  readonly days: number;
  readonly seed: number;
}

/** Writes a made-up raw-layout folder. */
export async function sampleCommand({ out, days, seed }: SampleOptions): Promise<void> {
  const { files, rows, bytes } = await writeSample({ out, days, seed, progress: (done, total) => sayOver(`${done} of ${total} files`) });
  sayOver("");
  say(`${out}: ${count(files.length, "file")}, ${count(rows, "row")}, ${(bytes / 1e6).toFixed(1)} MB, ${count(days, "trading day")} from seed ${seed}`);
}

export function seedOption(text: string): number {
  if (!/^\d+$/.test(text) || Number(text) > 0xffff_ffff) throw new InvalidArgumentError("Allowed: a whole number from 0 to 4294967295.");
  return Number(text);
}
