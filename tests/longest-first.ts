import { relative } from "node:path";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Files of half a minute and more, the longest first. A file that has grown as long belongs here. */
export const LONGEST: readonly string[] = [
  "tests/differential/language.test.ts",
  "tests/differential/look-ahead.test.ts",
  "tests/e2e/cache.test.ts",
  "tests/cli/commands.test.ts",
  "tests/e2e/faults.test.ts",
  "tests/differential/differential.test.ts",
  "tests/e2e/builder.test.ts",
  "tests/e2e/page.test.ts",
  "tests/e2e/day-in-the-life.test.ts",
  "tests/e2e/bad-folders.test.ts",
  "tests/cli/reshape.test.ts",
  "tests/e2e/appearance.test.ts",
  "tests/e2e/flows.test.ts",
  "tests/e2e/offline.test.ts",
  "tests/cli/same-result.test.ts",
  "tests/differential/beyond.test.ts",
  "tests/differential/sharpness.test.ts",
  "tests/unit/data/reshape/round-trip.test.ts",
  "tests/unit/sql/views/spread.test.ts",
  "tests/e2e/hung-workers.test.ts",
  "tests/differential/beyond-sharpness.test.ts",
  "tests/e2e/nothing-leaves.test.ts",
  "tests/e2e/firefox.test.ts",
  "tests/cli/market-rules.test.ts",
  "tests/hostile/parquet/verify-pages.test.ts",
  "tests/unit/pool/faults.test.ts",
  "tests/cli/verify.test.ts",
  "tests/differential/sql-views.test.ts",
  "tests/e2e/results-views.test.ts",
];

/** Begins with the long files, so that none of them is left to run alone at the end while the other workers have nothing to do. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const found = LONGEST.indexOf(relative(this.ctx.config.root, moduleId).replaceAll("\\", "/"));
      return found < 0 ? LONGEST.length : found;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
