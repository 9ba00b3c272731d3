import { defineConfig } from "vitest/config";
import usual from "./vitest.config.ts";

/** What takes minutes and more, apart from `npm test`. */
export default defineConfig({ test: { ...usual.test, include: ["tests/**/*.soak.test.ts"], exclude: [], testTimeout: 3_600_000, maxWorkers: 1 } });
