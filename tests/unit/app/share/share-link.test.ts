import { randomBytes } from "node:crypto";
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isShareFragment } from "../../../../src/app/share/share-fragment.ts";
import { readShareFragment, shareFragment, ShareError, type Shared } from "../../../../src/app/share/share-link.ts";

const LINK: Shared = { text: "name: x\n# ₹ ▲ €\n", hash: "ab".repeat(32), view: "results", cut: "variants", selection: { variant: 3, from: 19_700, to: null, weekday: 2, dte: null, window: null } };
const packed = (value: unknown) => `#s1.${deflateRawSync(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url")}`;

describe("a share link", () => {
  it("carries the strategy and what was looked at, and nothing but letters, digits, - and _", async () => {
    const fragment = await shareFragment(LINK);
    expect(fragment).toMatch(/^#s1\.[\w-]+$/);
    expect(isShareFragment(fragment)).toBe(true);
    expect(await readShareFragment(fragment)).toEqual(LINK);
  });

  it("carries any text", async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 2_000, unit: "grapheme" }), async (text) => {
        expect((await readShareFragment(await shareFragment({ text }))).text).toBe(text);
      }),
      { numRuns: 50 },
    );
  });

  it("is refused where the strategy is too long", async () => {
    await expect(shareFragment({ text: randomBytes(100_000).toString("base64") })).rejects.toThrow(/too long for a link/);
  });
});

describe("a hostile link", () => {
  it.each([
    ["of another version", "#s9.abc", /another version/],
    ["that is no base64", "#s1.%%%", /damaged/],
    ["that was cut off", packed(LINK).slice(0, -9), /damaged/],
    ["that is no JSON", packed("hello"), /damaged/],
    ["with a key of its own", packed({ ...LINK, run: true }), /damaged/],
    ["with a hash that is none", packed({ ...LINK, hash: "<img src=x>" }), /damaged/],
    ["with a view that is none", packed({ ...LINK, view: "javascript:" }), /damaged/],
    ["with a cut that is none", packed({ ...LINK, cut: "everything" }), /damaged/],
    ["with a prototype", packed('{"text":"x","__proto__":{"view":"data"}}'), /damaged/],
    ["that is too long", `#s1.${"A".repeat(70_000)}`, /longer than/],
    // 8 MB of zeros in some kilobytes.
    ["that blows up", packed(" ".repeat(8_000_000)), /more than a strategy/],
  ])("%s is refused in words", async (_, fragment, message) => {
    await expect(readShareFragment(fragment)).rejects.toThrow(ShareError);
    await expect(readShareFragment(fragment)).rejects.toThrow(message);
  });

  it("of any bytes is refused or read, and never fails otherwise", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        await readShareFragment(`#s1.${Buffer.from(bytes).toString("base64url")}`).catch((error: unknown) => expect(error).toBeInstanceOf(ShareError));
      }),
      { numRuns: 200 },
    );
  });
});
