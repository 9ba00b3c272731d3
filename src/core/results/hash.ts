import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { TradeLabels } from "./labels.ts";
import { hashedTradeLines } from "./trades-csv.ts";
import type { TradeColumns } from "./types.ts";

/** Hex SHA-256 of text as UTF-8. */
export function textHash(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)));
}

/**
 * The result hash of semantics §6: hex SHA-256 of the trades as CSV without `run_id`.
 * @param trades in the order of semantics §6, with run-wide position ids (`RunMerge.trades()`)
 */
export function resultHash(trades: TradeColumns, labels: TradeLabels): string {
  const hash = sha256.create();
  for (const lines of hashedTradeLines(trades, labels)) hash.update(utf8ToBytes(lines));
  return bytesToHex(hash.digest());
}

/**
 * Hex SHA-256 of canonical JSON: keys sorted, no spaces, so that equal content has one hash.
 * Throws a TypeError for what JSON cannot hold (undefined in a list, NaN, functions).
 */
export function canonicalHash(value: unknown): string {
  return textHash(canonicalJson(value));
}

/** JSON with the keys of every object sorted by code unit and no spaces. Keys without a value are left out. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    entries.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(",")}}`;
  }
  if (value === null || typeof value === "string" || typeof value === "boolean" || Number.isFinite(value)) return JSON.stringify(value);
  throw new TypeError(`${String(value)} has no form in JSON`);
}
