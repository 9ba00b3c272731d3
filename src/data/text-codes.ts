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
    let sameLength = 0;
    for (let i = 0; i < count; ) {
      const start = offsets[i];
      const length = offsets[i + 1] - start;
      for (sameLength = Math.max(sameLength, i + 1); sameLength < count && offsets[sameLength + 1] - offsets[sameLength] === length; ) sameLength++;
      // Of texts of one length each byte of a repeated one is that of the text before.
      const last = offsets[sameLength];
      let byte = start + length;
      while (byte < last && bytes[byte] === bytes[byte - length]) byte++;
      const end = length === 0 ? sameLength : i + Math.floor((byte - start) / length);
      codes.fill(this.code(bytes, start, start + length), at + i, at + end);
      i = end;
    }
  }
}

function sameBytes(a: Uint8Array, aStart: number, aEnd: number, b: Uint8Array, bStart: number, bEnd: number): boolean {
  if (aEnd - aStart !== bEnd - bStart) return false;
  for (let i = aStart, j = bStart; i < aEnd; i++, j++) if (a[i] !== b[j]) return false;
  return true;
}
