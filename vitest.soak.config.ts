import { configDefaults, defineConfig } from "vitest/config";
import { common as usual } from "./vitest.config.ts";

const seed = process.env.FUZZ_SEED ?? String(Math.floor(Math.random() * 2 ** 31));
console.log(`FUZZ_SEED=${seed}`);

const { globalSetup, hookTimeout, expect } = usual;
const common = { globalSetup, hookTimeout, expect };

/** What takes minutes and more, apart from `npm test`. */
export default defineConfig({
  test: {
    maxWorkers: 1,
    projects: [
      {
        test: {
          ...common, name: "scale: many contracts, years, runs and stops", testTimeout: 1_800_000, hookTimeout: 900_000,
          include: ["tests/soak/*.soak.test.ts"],
        },
      },
      {
        test: {
          ...common, name: "fuzzers with other cases, and many more of them", testTimeout: 3_600_000,
          include: ["tests/hostile/**/*.soak.test.ts", "tests/hostile/*.test.ts", "tests/hostile/parquet/verify-*.test.ts"], exclude: [...configDefaults.exclude, "**/page.test.ts"],
          env: { FUZZ_SEED: seed, FUZZ_TIMES: process.env.FUZZ_TIMES ?? "40" },
        },
      },
      {
        test: {
          ...common, name: "browser tests in dark windows of 1024 × 768", testTimeout: 180_000,
          include: ["tests/e2e/*.test.ts", "tests/hostile/page.test.ts"],
          env: { OTHER_WINDOW: "1" },
        },
      },
    ],
  },
});
