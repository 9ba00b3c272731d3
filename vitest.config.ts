import { configDefaults, defineConfig } from "vitest/config";
import { LongestFirst } from "./tests/longest-first.ts";

/** Tests of code without I/O, which keeps nothing between them: they load it once for all their files. */
const PURE = ["tests/unit/core/**/*.test.ts", "tests/unit/app/**/*.test.ts", "tests/golden/**/*.test.ts"];

/** They measure how long the page takes: one at a time and nothing beside it. */
const TIMED = ["tests/**/*.timed.test.ts"];

/** What every test runs under. */
export const common = {
  // Minutes and more: `npm run test:soak`.
  exclude: [...configDefaults.exclude, "**/*.soak.test.ts"],
  globalSetup: ["tests/global-setup.ts"],
  testTimeout: 180_000,
  hookTimeout: 300_000,
  // A browser on a busy machine may take its time.
  expect: { poll: { timeout: 15_000 } },
};

export default defineConfig({
  test: {
    // For two processors: browser tests wait for much of their time. What measures how long something takes is one of TIMED, or counts the processor's time.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { ...common, name: "pure", include: PURE, isolate: false } },
      { test: { ...common, name: "whole", include: ["tests/**/*.test.ts"], exclude: [...common.exclude, ...PURE, ...TIMED] } },
      { test: { ...common, name: "timed", include: TIMED } },
    ],
  },
});
