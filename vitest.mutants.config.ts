import { defineConfig } from "vitest/config";

/** The quick tests that mutants are put to (`npm run test:mutants`): the kernels are there already, and random cases are the same each time. */
export default defineConfig({
  test: {
    include: ["tests/unit/assembly/*.test.ts", "tests/unit/core/*.test.ts", "tests/unit/core/{engine,grid,results}/*.test.ts", "tests/unit/core/series/greeks.test.ts", "tests/unit/core/studies/describe.test.ts"],
    setupFiles: ["tests/mutants/same-cases.ts"],
    testTimeout: 180_000,
    maxWorkers: 1,
  },
});
