import { InvalidArgumentError } from "commander";
import { describe, expect, it } from "vitest";
import { commaList, layoutOption, paramOption, wholeNumber, zoneOption } from "../../../src/cli/options.ts";

describe("options", () => {
  it.each([["D=1", 1], ["D=-0.5", -0.5], ["D=1e3", 1000], ["D=true", true], ["D=false", false], ["D=nearest", "nearest"], ["D=09:15-09:20", "09:15-09:20"], ["D=", ""], ["D=2024-08-28", "2024-08-28"], ["D=a=b", "a=b"]])("--set %s gives %j", (text, value) => {
    expect(paramOption(text)).toEqual({ D: value });
  });

  it("--set may be repeated, the last value of a name wins", () => {
    expect(paramOption("B=2", paramOption("A=1"))).toEqual({ A: 1, B: 2 });
    expect(paramOption("A=2", paramOption("A=1"))).toEqual({ A: 2 });
  });

  it.each(["NAME", "=1", ""])("--set %j is refused", (text) => {
    expect(() => paramOption(text)).toThrow(InvalidArgumentError);
  });

  it("--zone and --layout may be repeated", () => {
    expect(zoneOption("packed=utc", zoneOption("raw=ist-wall"))).toEqual({ raw: "ist-wall", packed: "utc" });
    expect(layoutOption("nifty=raw", layoutOption("BANKNIFTY=packed"))).toEqual({ BANKNIFTY: "packed", NIFTY: "raw" });
  });

  it.each(["0", "-1", "1.5", "two", ""])("a whole number from 1 on is not %j", (text) => {
    expect(() => wholeNumber(1)(text)).toThrow(InvalidArgumentError);
  });

  it("a list may have spaces", () => {
    expect(commaList("Mon, Tue")).toEqual(["Mon", "Tue"]);
  });
});
