// npm run test:mutants -- core: fills, stops, costs and statistics of the engine.
export default {
  plugins: ["@stryker-mutator/vitest-runner"],
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutants.config.ts" },
  mutate: [
    "src/core/money.ts",
    "src/core/engine/{book,fees,fill,leg-rules,lock,position,premium-path,threshold}.ts",
    "src/core/results/{histogram,json-money,positions,result-unit,statistics,summary}.ts",
    "src/core/studies/{describe,outliers}.ts",
  ],
  // It would rewrite the tsconfig by an API that TypeScript 7 no longer has; no path in it leaves the tree.
  tsconfigFile: "none",
  // Texts are for people.
  mutator: { excludedMutations: ["StringLiteral"] },
  ignorePatterns: ["docs", "public", "dist", "strategies", "workers", ".ci"],
  tempDirName: "build/stryker",
  incremental: true,
  incrementalFile: "build/stryker-incremental.json",
  jsonReporter: { fileName: "build/stryker.json" },
  reporters: ["clear-text", "json", "progress-append-only"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
  // What a module works out as it is loaded is not of one test.
  ignoreStatic: true,
  concurrency: 1,
  timeoutMS: 60_000,
  thresholds: { high: 100, low: 99, break: 93 },
};
