/** Messages go to stderr; stdout holds results only. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** A line that the next one replaces, on a terminal only. */
export function sayOver(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${line}`);
}

/** Results. Resolves when they have left this process, so that a pipe gets all of them. */
export function print(text: string): Promise<void> {
  return write(`${text}\n`);
}

/** The same of a long text in pieces, which ends its own lines. */
export async function printPieces(pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) await write(piece);
}

function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => process.stdout.write(text, (error) => (error ? reject(error) : resolve())));
}

export { count } from "../core/words.ts";
