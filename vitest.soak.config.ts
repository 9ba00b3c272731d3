import { defineConfig } from "vitest/config";
import usual from "./vitest.config.ts";

const seed = String(Math.floor(Math.random() * 2 ** 31));
console.log(`FUZZ_SEED=${process.env.FUZZ_SEED ?? seed}`);

/** What takes minutes and more, apart from `npm test`: tests of its own, and the fuzzers with other cases and many more of them. */
export default defineConfig({
  test: { ...usual.test, include: ["tests/**/*.soak.test.ts", "tests/hostile/*.test.ts"], exclude: ["**/page.test.ts"], env: { FUZZ_SEED: process.env.FUZZ_SEED ?? seed, FUZZ_TIMES: process.env.FUZZ_TIMES ?? "40" }, testTimeout: 3_600_000, maxWorkers: 1 },
});
