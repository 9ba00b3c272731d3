/** The rules of the house that a reader cannot see in any one file. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { dirname, join, relative, resolve, sep } from "node:path";
import { describe, expect, it } from "vitest";
import { LONGEST } from "./longest-first.ts";

const ROOT = resolve(import.meta.dirname, "..");
const SOURCES = [...below("src"), ...below("workers")];

/** Which rooms a room may import from, besides itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  data: ["core"],
  sql: ["data", "core"],
  pool: ["data", "core"],
  app: ["pool", "data", "core"],
  cli: ["pool", "data", "core"],
  verify: ["data", "core"],
  workers: ["pool", "data", "sql", "verify", "core"],
};
/** The one file of the product that reaches into the tests, and how far: Verify works days out anew with the tests' reference. */
const REFERENCE = { from: "src/verify/reference.ts", below: "tests/reference/" };
/** What Verify must not lean on: it is the engine and its rows that it judges. */
const JUDGED = /^src\/core\/(?:engine|grid|series|kernels)|^src\/data\/(?:hot|.*-reader|slice|day-data|chunk-rows|file-rows|clock-columns)/;
/** Files that start workers name the worker modules by their address: nothing of them is loaded. */
const ADDRESS_ONLY = /\?(?:worker&)?url$/;
/** What lies beside the rooms and belongs to all. */
const SHARED = [/^package\.json$/, /^strategies\//, /^build\/kernels\.wasm/];

const LINES_ALLOWED = 400;
/** Longer files, each with the reason why it is one thing all the same. */
const LONGER: Readonly<Record<string, string>> = {};

interface Import {
  readonly from: string;
  /** As written. */
  readonly name: string;
  /** Path below the root, of a file of ours. */
  readonly target: string | undefined;
  readonly typeOnly: boolean;
}

const IMPORTS = SOURCES.flatMap(importsOf);

describe("rooms", () => {
  it("import one way only", () => {
    const wrong = IMPORTS.filter(({ from, target, name }) => {
      if (target === undefined || ADDRESS_ONLY.test(name) || SHARED.some((shared) => shared.test(target))) return false;
      if (from === REFERENCE.from && target.startsWith(REFERENCE.below)) return false;
      return roomOf(from) !== roomOf(target) && !(MAY_IMPORT[roomOf(from)] ?? []).includes(roomOf(target));
    });
    expect(wrong.map(({ from, name }) => `${from} imports ${name}`)).toEqual([]);
  });

  it("give Verify nothing of what it judges", () => {
    const reached = reachable(["src/verify/verify-day.ts"]);
    expect(reached).toContain("src/verify/reference.ts");
    expect(reached.filter((file) => JUDGED.test(file))).toEqual([]);
    expect(IMPORTS.filter(({ from, target }) => target?.startsWith("tests/") && from !== REFERENCE.from)).toEqual([]);
  });

  it("name the extension of every file of ours, and the file exists", () => {
    const wrong = IMPORTS.filter(({ target }) => target !== undefined && !existsSync(join(ROOT, target)));
    expect(wrong.map(({ from, name }) => `${from} imports ${name}`)).toEqual([]);
  });

  it("have no circles", () => {
    const graph = new Map(SOURCES.map((file) => [file, IMPORTS.filter((one) => one.from === file && one.target !== undefined && !one.typeOnly && !ADDRESS_ONLY.test(one.name)).map((one) => one.target ?? "")]));
    expect(circlesIn(graph)).toEqual([]);
    expect(circlesIn(new Map([["a", ["b"]], ["b", ["c"]], ["c", ["b"]]]))).toEqual([["b", "c", "b"]]);
  });
});

describe("the tests", () => {
  it("that are to begin first exist", () => {
    expect(LONGEST.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
  });
});

describe("the page", () => {
  const pageFiles = reachable(["src/app/main.ts", ...["catalogue", "engine", "index", "results", "sql"].map((kind) => `workers/${kind}.ts`)]);

  it("reaches most of the engine, so that the next test looks at something", () => {
    expect(pageFiles).toContain("src/core/engine/run-day.ts");
    expect(pageFiles.length).toBeGreaterThan(80);
  });

  it("reaches nothing of Node", () => {
    const builtin = (name: string) => name.startsWith("node:") || builtinModules.includes(name);
    const wrong = IMPORTS.filter(({ from, name, target }) => pageFiles.includes(from) && (builtin(name) || /-node\.ts$/.test(target ?? "")));
    expect(wrong.map(({ from, name }) => `${from} imports ${name}`)).toEqual([]);
  });
});

describe("files", () => {
  it(`have at most ${LINES_ALLOWED} lines`, () => {
    const all = [...SOURCES, ...below("tests"), ...below("assembly"), ...below("scripts")];
    const long = all.filter((file) => !(file in LONGER) && read(file).split("\n").length - 1 > LINES_ALLOWED);
    expect(long).toEqual([]);
  });

  it("name no other host", () => {
    const allowed = /^https?:\/\/(?:127\.0\.0\.1|localhost|www\.w3\.org\/2000\/svg)/;
    const wrong = [...SOURCES, "index.html"].flatMap((file) => (read(file).match(/https?:\/\/[^\s"'`)<]+/g) ?? []).filter((url) => !allowed.test(url)).map((url) => `${file}: ${url}`));
    expect(wrong).toEqual([]);
  });

  it("take zod from the one file that keeps it from making code", () => {
    expect(IMPORTS.filter(({ name }) => name === "zod").map(({ from }) => from)).toEqual(["src/core/zod.ts"]);
  });

  it("hold no way around the types", () => {
    const wrong = SOURCES.filter((file) => /@ts-ignore|@ts-nocheck/.test(read(file)) || /\bas any\b|:\s*any\b/.test(codeOf(file)));
    expect(wrong).toEqual([]);
  });
});

function below(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:tsx?|mjs)$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

function roomOf(file: string): string {
  const [first, second] = file.split("/");
  return first === "src" ? second : first;
}

/** Without comments. */
function codeOf(file: string): string {
  return read(file).replace(/\/\*[\s\S]*?\*\//g, "").replace(/^\s*\/\/.*$/gm, "");
}

/** Static and dynamic imports, and re-exports. */
function importsOf(file: string): Import[] {
  const code = codeOf(file);
  const statements = [
    ...code.matchAll(/^\s*(?:import|export)\s+(type\s)?(?:[^;"']*?\sfrom\s+)?["']([^"']+)["']/gm),
    ...code.matchAll(/\bimport\s*\(\s*()["']([^"']+)["']/g),
  ];
  return statements.map(([, type, name]) => ({ from: file, name, typeOnly: Boolean(type), target: targetOf(file, name) }));
}

function targetOf(file: string, name: string): string | undefined {
  if (!name.startsWith(".")) return undefined;
  return relative(ROOT, join(ROOT, dirname(file), name.replace(/\?.*$/, ""))).split(sep).join("/");
}

function reachable(entries: readonly string[]): string[] {
  const seen = new Set<string>();
  const pending = [...entries];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (seen.has(file) || !SOURCES.includes(file)) continue;
    seen.add(file);
    pending.push(...IMPORTS.filter((one) => one.from === file && !one.typeOnly && one.target !== undefined).map((one) => one.target ?? ""));
  }
  return [...seen];
}

/** Each circle once, as the files on the way round. */
function circlesIn(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]): void => {
    const at = way.indexOf(file);
    if (at >= 0) found.push([...way.slice(at), file]);
    if (at >= 0 || done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...way, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return found;
}
