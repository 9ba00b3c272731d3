const decoder = new TextDecoder();

/** Numbers texts in the order in which they appear, without making a string per row: neighbours are mostly equal. */
export class TextCodes {
  readonly dictionary: string[] = [];
  readonly #codes = new Map<string, number>();
  #lastBytes: Uint8Array = new Uint8Array();
  #lastStart = 0;
  #lastEnd = 0;
  #lastCode = -1;

  code(bytes: Uint8Array, start: number, end: number): number {
    if (this.#lastCode >= 0 && sameBytes(this.#lastBytes, this.#lastStart, this.#lastEnd, bytes, start, end)) return this.#lastCode;
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

  /** The codes of texts that lie one after another, text i between two offsets; into `codes` from `at`. */
  addAll(bytes: Uint8Array, offsets: Int32Array, count: number, codes: Int32Array, at: number): void {
    for (let i = 0; i < count; ) {
      const [start, end] = [offsets[i], offsets[i + 1]];
      const code = this.code(bytes, start, end);
      codes[at + i++] = code;
      for (; i < count && sameBytes(bytes, start, end, bytes, offsets[i], offsets[i + 1]); i++) codes[at + i] = code;
    }
  }
}

function sameBytes(a: Uint8Array, aStart: number, aEnd: number, b: Uint8Array, bStart: number, bEnd: number): boolean {
  if (aEnd - aStart !== bEnd - bStart) return false;
  for (let i = aStart, j = bStart; i < aEnd; i++, j++) if (a[i] !== b[j]) return false;
  return true;
}
