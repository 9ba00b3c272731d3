import { expect, it } from "vitest";
import { createPreferences } from "../../../../src/app/session/preferences.ts";

function storage(text: string | null): Storage {
  const values = new Map(text === null ? [] : [["straddle", text]]);
  return { getItem: (key) => values.get(key) ?? null, setItem: (key, value) => void values.set(key, value), removeItem: () => {}, clear: () => {}, key: () => null, length: 1 };
}

it("starts with the defaults where nothing, or nothing readable, was stored", () => {
  expect(createPreferences(storage(null), 1_440)[0]).toMatchObject({ theme: "system", reader: "parquet-wasm", workers: 0 });
  expect(createPreferences(storage("{"), 1_440)[0].theme).toBe("system");
  expect(createPreferences(storage("null"), 1_440)[0].theme).toBe("system");
});

it("takes what was stored, and only what has the right type", () => {
  const [preferences] = createPreferences(storage(JSON.stringify({ theme: "dark", workers: "many", unknown: 1 })), 1_440);
  expect(preferences).toMatchObject({ theme: "dark", workers: 0 });
  expect("unknown" in preferences).toBe(false);
});
