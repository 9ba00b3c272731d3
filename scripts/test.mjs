// npm test: installs and builds what is missing, checks the types, runs every test. The last line says how many.
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { findChromium, NO_CHROMIUM } from "./lib/chromium.mjs";
import { findFirefox, NO_FIREFOX } from "./lib/firefox.mjs";
import { installMissing } from "./lib/install.mjs";
import { root } from "./lib/root.mjs";

const browser = findChromium();
if (browser === undefined) {
  console.error(NO_CHROMIUM);
  process.exit(1);
}
if (findFirefox() === undefined) console.warn(NO_FIREFOX);
await installMissing();
const { buildPage } = await import("./lib/build-page.mjs");
const { buildCli } = await import("./lib/build-cli.mjs");

const counts = { passed: 0, failed: 0 };
await Promise.all([
  step("the page and the command line are built", async () => {
    await buildPage();
    await buildCli();
  }),
  step("the types are right", checkTypes),
]);
await runTests("untimed", ["--project=pure", "--project=whole"]);
await runTests("timed", ["--project=timed", "--maxWorkers=1"]);
console.log(`${counts.passed} passed, ${counts.failed} failed`);
process.exitCode = counts.failed > 0 ? 1 : 0;

async function step(says, work) {
  try {
    await work();
    counts.passed++;
    console.log(`✓ ${says}`);
  } catch (error) {
    counts.failed++;
    console.error(`✗ ${says}: ${error.message}`);
  }
}

async function checkTypes() {
  const [status] = await once(spawn(process.execPath, [path.join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.json"], { cwd: root, stdio: "inherit" }), "exit");
  if (status !== 0) throw new Error(`tsc ended with status ${status}`);
}

function run(script, args) {
  const { status, error } = spawnSync(process.execPath, [path.join(root, "node_modules", script), ...args], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, CHROMIUM: browser },
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${path.basename(script)} ended with status ${status}`);
}

/** Runs one part of the tests, counts them, and says so when the run itself came to no good end. */
async function runTests(name, args) {
  const report = path.join(root, "build", `tests-${name}.json`);
  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  let ended;
  try {
    run("vitest/vitest.mjs", ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...args, ...process.argv.slice(2)]);
  } catch (error) {
    ended = error;
  }
  const failedBefore = counts.failed;
  try {
    const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8"));
    counts.passed += numPassedTests;
    // A file that cannot even be loaded has no test that could fail.
    counts.failed += numFailedTests + testResults.filter((file) => file.status === "failed" && file.assertionResults.every((test) => test.status !== "failed")).length;
  } catch (error) {
    ended ??= error;
  }
  if (ended && counts.failed === failedBefore) {
    counts.failed++;
    console.error(`✗ the ${name} tests ran to their end: ${ended.message}`);
  }
}
