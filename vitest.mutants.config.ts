import { defineConfig } from "vitest/config";

/** What mutants of the engine are put to (`npm run test:mutants`); those of the kernels name their tests. The kernels are there already, and random cases are the same each time. */
export default defineConfig({
  test: {
    include: [
      "tests/unit/core/money.test.ts", "tests/unit/core/engine/{book,fees,fill,leg-rules,position,premium-path,threshold}.test.ts", "tests/unit/core/grid/slice-rows.test.ts",
      "tests/unit/core/results/{analysis,histogram,positions,statistics,summary}.test.ts", "tests/unit/core/studies/describe.test.ts",
    ],
    setupFiles: ["tests/mutants/same-cases.ts"],
    testTimeout: 180_000,
    maxWorkers: 1,
  },
});
