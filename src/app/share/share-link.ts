/**
 * A strategy in a link: JSON, deflated, base64url, in the fragment, so that no server ever sees it. What comes in is a
 * stranger's: it is measured before and after it is inflated, checked against the schema, and shown as text only.
 */
import { z } from "../../core/zod.ts";
import { CUTS } from "../session/cuts.ts";

/** The form of what follows. */
const PREFIX = "#s1.";
/** Characters of a fragment, and bytes of what it may become. */
const MOST_FRAGMENT = 64_000;
const MOST_BYTES = 256_000;

const day = z.int().min(0).max(100_000).nullable();
const shared = z.strictObject({
  /** The strategy as it was typed. */
  text: z.string().min(1).max(200_000),
  /** Of whoever made the link: who has the same data gets the same. */
  hash: z.string().regex(/^[0-9a-f]{64}$/).optional(),
  view: z.enum(["results", "runs", "studies", "sql", "data"]).optional(),
  cut: z.enum(CUTS).optional(),
  selection: z
    .strictObject({ variant: z.int().min(0).max(1_000_000), from: day, to: day, weekday: z.int().min(1).max(7).nullable(), dte: z.int().min(0).max(10_000).nullable(), window: z.int().min(1).max(1_000).nullable() })
    .optional(),
});

export type Shared = z.infer<typeof shared>;

/** A link that cannot be used, in words. */
export class ShareError extends Error {
  override readonly name = "ShareError";
}

/** The fragment, `#s1.…`. Throws ShareError when the strategy is too long for a link. */
export async function shareFragment(content: Shared): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(content));
  const packed = new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"))).arrayBuffer());
  const fragment = `${PREFIX}${toBase64(packed)}`;
  if (bytes.length > MOST_BYTES || fragment.length > MOST_FRAGMENT) throw new ShareError("The strategy is too long for a link. Copy it as YAML instead.");
  return fragment;
}

/** Rejects with ShareError for whatever is not a link of this page. */
export async function readShareFragment(fragment: string): Promise<Shared> {
  if (!fragment.startsWith(PREFIX)) throw new ShareError("The link was made by another version of Straddle. Reload the page, or ask for the strategy as YAML.");
  if (fragment.length > MOST_FRAGMENT) throw new ShareError(`The link is longer than ${MOST_FRAGMENT} characters.`);
  const damaged = (cause: unknown) => new ShareError("The link is damaged: part of it may have been cut off. Ask for it again.", { cause });
  let found: unknown;
  try {
    found = JSON.parse(await inflated(fromBase64(fragment.slice(PREFIX.length))));
  } catch (error) {
    throw error instanceof ShareError ? error : damaged(error);
  }
  const checked = shared.safeParse(found);
  if (!checked.success) throw damaged(checked.error);
  return checked.data;
}

/** Stops as soon as more comes out than may. */
async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    size += value.length;
    if (size > MOST_BYTES) {
      await reader.cancel();
      throw new ShareError("The link holds more than a strategy can be.");
    }
    parts.push(value);
  }
  return new Blob(parts).text();
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
}
