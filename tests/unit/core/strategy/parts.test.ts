import { describe, expect, it } from "vitest";
import { parseStrategy } from "../../../../src/core/strategy/parse.ts";
import { partsOf, partWords } from "../../../../src/core/strategy/parts.ts";

const parse = (universe: string, rest: string) => parseStrategy(`name: x\nuniverse: ${universe}\nentry: { legs: [{ cp: CE, lots: $L }] }\n${rest}`);

describe("partsOf", () => {
  it("is one part where a sweep changes what is done on a day only", () => {
    const [part, ...others] = partsOf(parse("{ symbol: BANKNIFTY }", "sweep: { L: [1, 2, 3] }"));
    expect(others).toEqual([]);
    expect(part.variants).toEqual([0, 1, 2]);
  });

  it("splits by universe and time, whatever else is swept, and names each by what sets it apart", () => {
    const parts = partsOf(parse("{ symbol: BANKNIFTY, expiry: $E }", "time: { days: [$D] }\nsweep: { E: [nearest, next], L: [1, 2], D: [Mon, Tue] }"));
    expect(parts.map(({ words, variants }) => `${words}: ${variants.join()}`)).toEqual(["E=nearest D=Mon: 0,2", "E=nearest D=Tue: 1,3", "E=next D=Mon: 4,6", "E=next D=Tue: 5,7"]);
    expect(new Set(parts.map(({ universeKey }) => universeKey)).size).toBe(2);
  });

  it("says nothing where all parts are meant, and counts where many are", () => {
    const parts = partsOf(parse("{ symbol: BANKNIFTY, dte: [0, $D] }", "sweep: { D: [1, 2, 3, 4, 5, 6], L: [1] }"));
    expect(partWords(parts, [0, 1, 2, 3, 4, 5])).toBeUndefined();
    expect(partWords(parts, [1])).toBe("D=2");
    expect(partWords(parts, [0, 1, 2, 3, 4])).toBe("D=1, D=2, D=3 and 2 more");
  });
});
