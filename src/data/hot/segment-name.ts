/** Names of the cache's files say what is in them, so that counting, evicting and finding need no file opened. */

/** In the order in which they are given up last: prices of an index serve every strategy, a contract's a few, a result one. */
export const SEGMENT_KINDS = ["series", "options", "days"] as const;
export type SegmentKind = (typeof SEGMENT_KINDS)[number];

/** Files of one shelf are looked through together. */
export interface Shelf {
  readonly kind: SegmentKind;
  readonly symbol: string;
  /** `2024-08`, or `all` for what belongs to no month. */
  readonly month: string;
}

export interface SegmentName extends Shelf {
  /** The data folder that it was made from. */
  readonly folder: string;
  /** Later ones are greater. */
  readonly stamp: string;
  readonly bytes: number;
}

const ENDING = ".segment";
const BETWEEN = "~";

export function segmentFileName({ folder, kind, symbol, month, stamp, bytes }: SegmentName): string {
  return [folder, kind, symbol, month, stamp, String(bytes)].map(encodeURIComponent).join(BETWEEN) + ENDING;
}

/** Undefined for a file of another kind. */
export function readSegmentName(name: string): SegmentName | undefined {
  if (!name.endsWith(ENDING)) return undefined;
  const parts = name.slice(0, -ENDING.length).split(BETWEEN);
  if (parts.length !== 6) return undefined;
  let texts: string[];
  try {
    texts = parts.map(decodeURIComponent);
  } catch {
    // No name that `segmentFileName` gives.
    return undefined;
  }
  const [folder, kind, symbol, month, stamp, bytes] = texts;
  const known = SEGMENT_KINDS.find((one) => one === kind);
  return known && { folder, kind: known, symbol, month, stamp, bytes: Number(bytes) };
}

let lastStamp = 0;

/** Greater than every one before it in this worker, and of no other. */
export function newStamp(): string {
  lastStamp = Math.max(lastStamp + 1, Date.now());
  return `${lastStamp.toString(36).padStart(9, "0")}-${crypto.randomUUID().slice(0, 8)}`;
}

export function shelfKey({ kind, symbol, month }: Shelf): string {
  return `${kind} ${symbol} ${month}`;
}
