// Puts each bug of tests/mutants/kernels.mjs into the kernels and looks whether the tests of their file notice.
import asc from "assemblyscript/asc";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createVitest } from "vitest/node";
import { KERNEL_MUTANTS } from "../../tests/mutants/kernels.mjs";
import { root } from "./root.mjs";

/** The tree as it is now, so that it may change meanwhile; the kernels that the tests run stand in a build/ of their own. */
const COPIED = ["assembly", "src", "tests", "scripts", "package.json", "tsconfig.json", "vitest.mutants.config.ts"];

/** @param wanted matches the files of assembly/ whose mutants are made. Resolves to whether every mutant came to what it must. */
export async function mutateKernels(wanted) {
  const folder = mkdtempSync(path.join(tmpdir(), "straddle-mutants-"));
  const areas = KERNEL_MUTANTS.filter(({ file }) => wanted.test(file));
  let vitest;
  try {
    for (const name of COPIED) cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
    mkdirSync(path.join(folder, "build"));
    symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
    vitest = await createVitest("test", { root: folder, config: path.join(folder, "vitest.mutants.config.ts"), watch: false, reporters: [{}] }, { test: { include: areas.flatMap(({ tests }) => tests) } });
    const passes = async (tests) => {
      const files = await vitest.globTestSpecifications(tests);
      if (files.length !== tests.length) throw new Error(`Not all of these files are tests: ${tests.join(" ")}`);
      const { testModules, unhandledErrors } = await vitest.runTestSpecifications(files);
      // It answers those of earlier runs, too.
      const run = testModules.filter(({ moduleId }) => files.some((file) => file.moduleId === moduleId));
      return unhandledErrors.length === 0 && run.length === files.length && run.every((file) => file.ok());
    };
    return await run(folder, passes, areas);
  } finally {
    await vitest?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function run(folder, passes, areas) {
  const counts = { killed: 0, survived: 0, equivalent: 0 };
  let right = true;
  for (const { file, tests, mutants } of areas) {
    await compile(folder, file, (text) => text);
    if (!(await passes(tests))) throw new Error(`Without a mutant these tests fail: ${tests.join(" ")}`);
    for (const [breaks, from, by, equivalent] of mutants) {
      await compile(folder, file, (text) => patched(text, from, by, `assembly/${file}, "${breaks}"`));
      const survives = await passes(tests);
      const outcome = !survives ? "killed" : equivalent === undefined ? "survived" : "equivalent";
      counts[outcome]++;
      if (survives !== (equivalent !== undefined)) right = false;
      console.log(`${outcome.padEnd(10)} ${file}: ${breaks}${equivalent === undefined ? "" : ` (${survives ? equivalent : `was said to be equivalent: ${equivalent}`})`}`);
    }
  }
  console.log(`${counts.killed} killed, ${counts.survived} survived, ${counts.equivalent} equivalent`);
  return right;
}

function patched(text, from, by, where) {
  const times = text.split(from).length - 1;
  if (times !== 1) throw new Error(`${where}: its text stands there ${times} times, not once: ${from}`);
  return text.replace(from, () => by);
}

/** Compiles the kernels into the folder's build/, with one file of assembly/ changed as it is read. */
async function compile(folder, file, change) {
  const read = (name, base) => {
    try {
      const text = readFileSync(path.join(base, name), "utf8");
      return name === `assembly/${file}` ? change(text) : text;
    } catch (error) {
      if (error.code === "ENOENT") return null;
      throw error;
    }
  };
  const into = path.join(folder, "build", "kernels.wasm");
  const { error, stderr } = await asc.main(["assembly/index.ts", "--baseDir", folder, "--outFile", "kernels.wasm", "--runtime", "stub", "--enable", "simd", "--noAssert"], {
    readFile: read, writeFile: (_name, bytes) => writeFileSync(into, bytes), listFiles: () => [],
  });
  if (error) throw new Error(`The kernels do not compile: ${stderr.toString()}`);
}
