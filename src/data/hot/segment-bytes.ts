import type { FileBytes } from "../ports.ts";
import type { Reads } from "./reads.ts";
import { bytesAt } from "./segment.ts";

/** A segment of up to so many bytes is read whole: a request costs as much as a megabyte, and what lies together is wanted together. */
const WHOLE = 4 << 20;
/** Segments read whole are held up to so many bytes, those used last, and no longer than portions of days ask for them. */
const HELD = 32 << 20;

/** Parts of segments, in few requests. */
export class SegmentBytes {
  readonly #reads: Reads;
  readonly #held = new Map<string, { readonly bytes: Promise<Uint8Array<ArrayBuffer>>; readonly size: number }>();
  #size = 0;
  /** Files that were asked for since the last turn. */
  readonly #asked = new Set<string>();

  /** @param reads where requests are counted */
  constructor(reads: Reads) {
    this.#reads = reads;
  }

  /** Bytes [from, to) of a file, fewer where it ends before. Rejects with the platform's error. */
  async read(name: string, file: FileBytes, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
    if (file.size > WHOLE) return this.#request(file, from, to);
    this.#asked.add(name);
    const held = this.#held.get(name) ?? { bytes: this.#request(file, 0, file.size), size: file.size };
    if (!this.#held.delete(name)) this.#size += held.size;
    this.#held.set(name, held);
    for (const oldest of this.#held.keys()) {
      if (this.#size <= HELD) break;
      this.#letGo(oldest);
    }
    return (await held.bytes).subarray(from, to);
  }

  /** What nobody has asked for since the last turn goes. */
  turn(): void {
    for (const name of [...this.#held.keys()]) if (!this.#asked.has(name)) this.#letGo(name);
    this.#asked.clear();
  }

  release(): void {
    this.#held.clear();
    this.#size = 0;
  }

  #letGo(name: string): void {
    this.#size -= this.#held.get(name)?.size ?? 0;
    this.#held.delete(name);
  }

  async #request(file: FileBytes, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await bytesAt(file, from, to);
    this.#reads.cacheReads++;
    this.#reads.cacheBytes += bytes.length;
    return bytes;
  }
}
