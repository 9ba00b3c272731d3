import { configDefaults, defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // Minutes and more: `npm run test:soak`.
    exclude: [...configDefaults.exclude, "**/*.soak.test.ts"],
    globalSetup: ["tests/global-setup.ts"],
    testTimeout: 180_000,
    hookTimeout: 300_000,
    // A browser on a busy machine may take its time.
    expect: { poll: { timeout: 15_000 } },
    maxWorkers: 2,
  },
});
