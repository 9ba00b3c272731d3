import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readingsOf, resolveNames, type NameResult } from "../../../../src/core/market/contract-name.ts";
import { defaultRules as rules } from "../../../../src/core/market/rules.ts";
import type { OptionSide } from "../../../../src/core/market/types.ts";
import { dayNumber, isoDate, yearMonth, type DayNumber } from "../../../../src/core/time.ts";
import { cpuTime } from "../../../support/cpu-time.ts";
import { describeRealData, readCsv } from "./real-data.ts";

/** `BANKNIFTY 2025-08-28 48000 CE nse`, a future without strike and side, or the kind of the failure. */
function describeResult(result: NameResult): string {
  if (!result.ok) return result.kind;
  const { contract } = result;
  const when = contract.expiry === undefined ? "" : isoDate(contract.expiry);
  const what = result.kind === "option" ? `${when} ${result.contract.strike} ${result.contract.cp}` : when || `continuous ${result.contract.continuous}`;
  const named = result.namedExpiry !== undefined && result.namedExpiry !== contract.expiry ? ` named ${isoDate(result.namedExpiry)}` : "";
  return `${contract.symbol} ${what} ${result.style}${named}${result.unknownExpiry ? " unknown expiry" : ""}`;
}

const read = (stem: string): string => describeResult(resolve([stem], stem));

function resolve(stems: readonly string[], stem: string): NameResult {
  const result = resolveNames(stems, rules).get(stem);
  if (!result) throw new Error(`no result for ${stem}`);
  return result;
}

describe("styles", () => {
  test.each([
    ["BANKNIFTY1941128500CE", "BANKNIFTY 2019-04-11 28500 CE nse"],
    ["banknifty22n1038700pe", "BANKNIFTY 2022-11-10 38700 PE nse"],
    ["banknifty19d0530100ce", "BANKNIFTY 2019-12-05 30100 CE nse"],
    ["nifty20o0814200pe", "NIFTY 2020-10-08 14200 PE nse"],
    ["NIFTY2510223500CE", "NIFTY 2025-01-02 23500 CE nse"],
    ["banknifty25aug48000ce", "BANKNIFTY 2025-08-28 48000 CE nse"],
    ["BANKNIFTY25AUG48000CE", "BANKNIFTY 2025-08-28 48000 CE nse"],
    ["nifty20may6000ce", "NIFTY 2020-05-28 6000 CE nse"],
    ["nifty20sep8400pe", "NIFTY 2020-09-24 8400 PE nse"],
    ["banknifty20mar13100ce", "BANKNIFTY 2020-03-26 13100 CE nse"],
    ["NIFTY24DEC23500PE", "NIFTY 2024-12-26 23500 PE nse"],
    ["BANKNIFTY25JAN1718300CE.NFO", "BANKNIFTY 2017-01-25 18300 CE day-first"],
    ["BANKNIFTY29FEB2446300PE", "BANKNIFTY 2024-02-29 46300 PE day-first"],
    ["NIFTY23JUN2214000CE", "NIFTY 2022-06-23 14000 CE day-first"],
    ["BANKNIFTY28SEP23P45000", "BANKNIFTY 2023-09-28 45000 PE day-first-c"],
    ["BANKNIFTY28AUG25C52000", "BANKNIFTY 2025-08-28 52000 CE day-first-c"],
    ["BANKNIFTY30JAN25CE50000", "BANKNIFTY 2025-01-30 50000 CE day-first-ce"],
    ["BANKNIFTY 57200 CE 25 AUG 26", "BANKNIFTY 2026-08-25 57200 CE spaced"],
    ["BANKNIFTY25AUGFUT", "BANKNIFTY 2025-08-28 future"],
    ["BANKNIFTY28AUG25FUT", "BANKNIFTY 2025-08-28 future"],
    ["BANKNIFTY-I.NFO", "BANKNIFTY continuous 1 future"],
    ["BANKNIFTY-III", "BANKNIFTY continuous 3 future"],
    ["BANKNIFTY_F1", "BANKNIFTY continuous 1 future"],
    ["NIFTY_F2", "NIFTY continuous 2 future"],
    ["FINNIFTY24AUG23500CE", "FINNIFTY 2024-08-27 23500 CE nse"],
    ["MIDCPNIFTY24AUG12500PE", "MIDCPNIFTY 2024-08-26 12500 PE nse"],
    ["NIFTYNXT5026AUG2570000CE", "NIFTYNXT50 2025-08-26 70000 CE day-first unknown expiry"],
    ["SENSEX2590480000CE", "SENSEX 2025-09-04 80000 CE nse"],
    ["SENSEX25AUG80000PE.BFO", "SENSEX 2025-08-26 80000 PE nse"],
  ])("%s is %s", (stem, expected) => {
    expect(read(stem)).toBe(expected);
  });
});

describe("names that the rules move or do not know", () => {
  test.each([
    ["banknifty2390745000ce", "BANKNIFTY 2023-09-06 45000 CE nse named 2023-09-07"],
    ["banknifty2390645000ce", "BANKNIFTY 2023-09-06 45000 CE nse"],
    ["nifty2390719500ce", "NIFTY 2023-09-07 19500 CE nse"],
    ["nifty23jun18800ce", "NIFTY 2023-06-28 18800 CE nse"],
    ["NIFTY29JUN23C18800", "NIFTY 2023-06-28 18800 CE day-first-c named 2023-06-29"],
    ["banknifty21n0441700pe", "BANKNIFTY 2021-11-04 41700 PE nse unknown expiry"],
    ["BANKNIFTY31MAR26FUT", "BANKNIFTY 2026-03-30 future named 2026-03-31"],
    ["BANKNIFTY27MAR60000CE", "unreadable_name"],
    ["NIFTYNXT5025AUGFUT", "unreadable_name"],
  ])("%s is %s", (stem, expected) => {
    expect(read(stem)).toBe(expected);
  });

  test("a month beyond the rules is told from a name that says nothing", () => {
    expect(resolve(["BANKNIFTY27MAR60000CE"], "BANKNIFTY27MAR60000CE")).toMatchObject({
      message: expect.stringMatching(/monthly BANKNIFTY expiry of 2027-03; the market rules \S+ know monthly expiries from 2015-01-29 to 2026-12-29/) as string,
    });
  });
});

describe("what is no contract name", () => {
  test.each([
    "", "BANKNIFTY", "NIFTYBEES", "RELIANCE25AUG1400CE", "BANKNIFTY25AUG48000", "BANKNIFTY25AUG48000XE", "BANKNIFTY25ABC48000CE",
    "BANKNIFTY30FEB2445000CE", "BANKNIFTY2513248000CE", "BANKNIFTY25A0148000CE", "NIFTY24DEC500PE", "BANKNIFTY28AUG25C052000", "NIFTY25AUG250000CE",
    "BANKNIFTY25AUG48C52000", "XBANKNIFTY25AUG48000CE", "BANKNIFTY25AUG48000CE (1)", "BANKNIFTY_F9", "BANKNIFTY-IIII",
  ])("%o", (stem) => {
    expect(readingsOf(stem)).toEqual([]);
    expect(resolve([stem], stem)).toMatchObject({ ok: false, kind: "unreadable_name", message: expect.stringContaining(`"${stem}"`) as string });
  });
});

describe("one style per source", () => {
  // July 2025, strike 139000, or 25 July 2013, strike 9000.
  const twoWays = "BANKNIFTY25JUL139000CE";

  test("both readings are given", () => {
    expect(readingsOf(twoWays).map((reading) => reading.style)).toEqual(["nse", "day-first"]);
  });
  test("alone it is ambiguous, and the message gives both meanings", () => {
    expect(resolve([twoWays], twoWays)).toEqual({
      ok: false,
      kind: "ambiguous_name",
      message: expect.stringContaining("BANKNIFTY 2025-07 139000 CE or as BANKNIFTY 2013-07-25 9000 CE") as string,
    });
  });
  test("several that can all be read in both ways stay ambiguous", () => {
    const other = "BANKNIFTY25JUL139100CE";
    expect(describeResult(resolve([twoWays, other], other))).toBe("ambiguous_name");
  });
  test("names that only the month-first style reads settle it", () => {
    expect(describeResult(resolve([twoWays, "BANKNIFTY25AUG48000CE", "BANKNIFTY-I", "notes"], twoWays))).toBe("BANKNIFTY 2025-07-31 139000 CE nse");
  });
  test("weekly names settle it in the same way: they are of the same style", () => {
    expect(describeResult(resolve(["banknifty1941128500ce", twoWays], twoWays))).toBe("BANKNIFTY 2025-07-31 139000 CE nse");
  });
  test("names that only the day-first style reads settle it the other way", () => {
    expect(describeResult(resolve(["BANKNIFTY29FEB2446300PE", twoWays], twoWays))).toBe("BANKNIFTY 2013-07-25 9000 CE day-first unknown expiry");
  });
  test("a folder of both styles settles nothing, and its clear names are read", () => {
    const stems = ["BANKNIFTY29FEB2446300PE", twoWays, "BANKNIFTY25AUG48000CE"];
    expect([...resolveNames(stems, rules).values()].map(describeResult)).toEqual([
      "BANKNIFTY 2024-02-29 46300 PE day-first",
      "ambiguous_name",
      "BANKNIFTY 2025-08-28 48000 CE nse",
    ]);
  });
  test("a third style that cannot read it settles nothing either", () => {
    expect(describeResult(resolve([twoWays, "BANKNIFTY28AUG25C52000"], twoWays))).toBe("ambiguous_name");
  });
});

describe("a name written in a style reads back as its contract", () => {
  const MONTH_NAMES = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
  const two = (n: number) => String(n).padStart(2, "0");
  const parts = (expiry: DayNumber) => {
    const { year, month } = yearMonth(expiry);
    return { yy: two(year % 100), month, mon: MONTH_NAMES[month - 1], dd: isoDate(expiry).slice(8) };
  };
  interface Contract {
    symbol: string;
    expiry: DayNumber;
    strike: number;
    cp: OptionSide;
  }
  const writers: Record<string, (contract: Contract) => string> = {
    nse({ symbol, expiry, strike, cp }) {
      const { yy, month, mon, dd } = parts(expiry);
      return rules.isMonthly(symbol, expiry) ? `${symbol}${yy}${mon}${strike}${cp}` : `${symbol}${yy}${"123456789OND"[month - 1]}${dd}${strike}${cp}`;
    },
    "day-first"({ symbol, expiry, strike, cp }) {
      const { yy, mon, dd } = parts(expiry);
      return `${symbol}${dd}${mon}${yy}${strike}${cp}`;
    },
    "day-first-c"({ symbol, expiry, strike, cp }) {
      const { yy, mon, dd } = parts(expiry);
      return `${symbol}${dd}${mon}${yy}${cp[0]}${strike}`;
    },
    "day-first-ce"({ symbol, expiry, strike, cp }) {
      const { yy, mon, dd } = parts(expiry);
      return `${symbol}${dd}${mon}${yy}${cp}${strike}`;
    },
    spaced({ symbol, expiry, strike, cp }) {
      const { yy, mon, dd } = parts(expiry);
      return `${symbol} ${strike} ${cp} ${dd} ${mon} ${yy}`;
    },
  };
  const contracts = fc
    .constantFrom(...rules.symbols)
    .chain((symbol) =>
      fc.record({
        symbol: fc.constant(symbol),
        expiry: fc.constantFrom(...rules.expiries(symbol).map((expiry) => expiry.date)),
        // Five digits where a year and four digits could also be a strike of six: those names are ambiguous when alone, see above.
        strike: fc.integer({ min: ["BANKNIFTY", "SENSEX", "BANKEX"].includes(symbol) ? 10_000 : 1_000, max: 99_999 }),
        cp: fc.constantFrom<OptionSide>("CE", "PE"),
      }),
    );

  test.each(Object.keys(writers))("%s", (style) => {
    fc.assert(
      fc.property(contracts, fc.boolean(), fc.constantFrom("", ".NFO"), (contract, lower, suffix) => {
        const written = writers[style](contract) + suffix;
        const stem = lower ? written.toLowerCase() : written;
        expect(resolve([stem], stem)).toEqual({ ok: true, kind: "option", style, contract, namedExpiry: contract.expiry });
      }),
      { numRuns: 2000 },
    );
  });
});

test("100,000 names are read in well under a second", () => {
  const sides = ["CE", "PE"];
  const stems: string[] = [];
  for (const { date, monthly } of rules.expiries("BANKNIFTY")) {
    const [year, month, day] = isoDate(date).split("-");
    const when = monthly ? `${year.slice(2)}${["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"][Number(month) - 1]}` : `${year.slice(2)}${"123456789ond"[Number(month) - 1]}${day}`;
    for (let strike = 30_000; strike < 40_500; strike += 100) for (const side of sides) stems.push(`banknifty${when}${strike}${side}`);
  }
  expect(stems.length).toBeGreaterThan(100_000);
  let results = new Map<string, NameResult>();
  const milliseconds = cpuTime(() => (results = resolveNames(stems, rules)));
  expect(results.size).toBe(stems.length);
  expect([...results.values()].every((result) => result.ok)).toBe(true);
  expect(milliseconds).toBeLessThan(1_000);
});

describeRealData("real contract names", () => {
  const files = readCsv("names/contract-names.csv").map(({ name, rows, last_clock }) => ({ name, rows, last_clock, stem: name.replace(/\.parquet$/, "") }));
  const results = resolveNames(files.map((file) => file.stem), rules);
  const inCalendar = new Set(readCsv("calendar/expiries.csv").map((row) => `${row.underlying} ${row.actual}`));
  const options = files.map((file) => {
    const result = results.get(file.stem);
    if (!result?.ok || result.kind !== "option") throw new Error(`${file.name} was not read: ${JSON.stringify(result)}`);
    return { ...file, result, label: `${result.contract.symbol} ${isoDate(result.contract.expiry)}` };
  });

  test("all 1,611 names are read, each as an option in the same style", () => {
    expect(options).toHaveLength(1611);
    expect(new Set(options.map((option) => option.result.style))).toEqual(new Set(["nse"]));
  });

  test("each expiry stands in the calendar, save that of the contracts of Muhurat 2021", () => {
    const exceptions = options.filter((option) => !inCalendar.has(option.label));
    // Named for 2021-11-04, a Muhurat day and no expiry: the contract expired on the 3rd, under its other name. All are empty.
    expect(new Set(exceptions.map((option) => option.label))).toEqual(new Set(["BANKNIFTY 2021-11-04", "NIFTY 2021-11-04"]));
    expect(exceptions.every((option) => option.rows === "0")).toBe(true);
    expect(exceptions).toHaveLength(29);
    expect(exceptions.map((option) => option.stem)).toEqual(options.filter((option) => option.result.unknownExpiry).map((option) => option.stem));
  });

  test("each named day is the expiry, save for contracts that were re-dated in September 2023", () => {
    const moved = options.filter((option) => option.result.namedExpiry !== option.result.contract.expiry);
    const moves = new Set(moved.map((option) => `${isoDate(option.result.namedExpiry)} -> ${isoDate(option.result.contract.expiry)}`));
    expect([...moves].sort()).toEqual(["2023-09-07 -> 2023-09-06", "2023-09-14 -> 2023-09-13", "2023-09-21 -> 2023-09-20"]);
    for (const option of moved) {
      expect(option.result.contract.symbol).toBe("BANKNIFTY");
      // Under the old name there is nothing after the evening of the change.
      if (option.last_clock) expect(option.last_clock.slice(0, 10) <= "2023-09-01", option.name).toBe(true);
    }
  });

  test("no file goes on after its expiry", () => {
    const clocks = options.filter((option) => option.last_clock !== "" && !option.last_clock.startsWith("1970"));
    expect(clocks.length).toBeGreaterThan(500);
    const late = clocks.filter((option) => dayNumber(option.last_clock.slice(0, 10)) > option.result.contract.expiry);
    expect(late.map((option) => `${option.name} ${option.last_clock}`)).toEqual([]);
  });
});
