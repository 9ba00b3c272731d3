const decoder = new TextDecoder();

/** Numbers texts in the order in which they appear, without making a string per row: neighbours are mostly equal. */
export class TextCodes {
  readonly dictionary: string[] = [];
  readonly #codes = new Map<string, number>();
  #lastBytes: Uint8Array | undefined;
  #lastStart = 0;
  #lastEnd = 0;
  #lastCode = -1;

  code(bytes: Uint8Array, start: number, end: number): number {
    if (this.#isLast(bytes, start, end)) return this.#lastCode;
    const text = decoder.decode(bytes.subarray(start, end));
    let code = this.#codes.get(text);
    if (code === undefined) {
      code = this.dictionary.length;
      this.dictionary.push(text);
      this.#codes.set(text, code);
    }
    this.#lastBytes = bytes;
    this.#lastStart = start;
    this.#lastEnd = end;
    this.#lastCode = code;
    return code;
  }

  #isLast(bytes: Uint8Array, start: number, end: number): boolean {
    const last = this.#lastBytes;
    if (last === undefined || end - start !== this.#lastEnd - this.#lastStart) return false;
    for (let i = start, j = this.#lastStart; i < end; i++, j++) if (bytes[i] !== last[j]) return false;
    return true;
  }
}
