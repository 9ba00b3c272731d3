/** The generated cases tell every wrong reading of the semantics from the right one. */
import { describe, expect, it } from "vitest";
import { BUGS } from "../reference/bugs.ts";
import { findBug } from "./bug-search.ts";
import { FOUND_AT } from "./found-at.ts";

describe("the generated cases are sharp", () => {
  it.each(BUGS)("%s is caught", async (bug) => {
    const place = await findBug(bug, FOUND_AT[bug]);
    expect(place).toBeDefined();
    if (String(place) !== String(FOUND_AT[bug])) console.warn(`found-at.ts: ${bug}: [${place?.join(", ")}],`);
  }, 600_000);
});
