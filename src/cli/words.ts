/** Control characters, which a terminal obeys: names of files and columns are strangers' texts. */
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/** The text with control characters as their codes, as JSON writes them: they are seen, and do nothing. */
export function inert(text: string): string {
  return text.replace(CONTROL, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** Messages go to stderr; stdout holds results only. */
export function say(line: string): void {
  process.stderr.write(`${inert(line)}\n`);
}

/** A line that the next one replaces, on a terminal only. */
export function sayOver(line: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${inert(line)}`);
}

/** Results. Resolves when they have left this process, so that a pipe gets all of them. */
export function print(text: string): Promise<void> {
  return write(`${inert(text)}\n`);
}

/** The same of a long text of data in pieces, as it is, which ends its own lines. */
export async function printPieces(pieces: Iterable<string>): Promise<void> {
  for (const piece of pieces) await write(piece);
}

function write(text: string): Promise<void> {
  return new Promise((resolve, reject) => process.stdout.write(text, (error) => (error ? reject(error) : resolve())));
}

export { count } from "../core/words.ts";
