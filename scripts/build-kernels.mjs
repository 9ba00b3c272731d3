// Compiles assembly/ into build/kernels.wasm, unless that is newer than every source.
import { execFile } from "node:child_process";
import { mkdir, readdir, rename, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const target = path.join(root, "build", "kernels.wasm");

/** Milliseconds of the newest file below a folder. */
export async function newest(folder) {
  let latest = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    latest = Math.max(latest, (await stat(path.join(entry.parentPath ?? entry.path, entry.name))).mtimeMs);
  }
  return latest;
}

/** Milliseconds of a file's last change, 0 where there is none. */
export async function modified(file) {
  return stat(file).then((s) => s.mtimeMs, () => 0);
}

export async function buildKernels() {
  const sources = Math.max(await newest(path.join(root, "assembly")), await modified(fileURLToPath(import.meta.url)));
  if ((await modified(target)) > sources) return target;
  await mkdir(path.dirname(target), { recursive: true });
  // Several test processes may get here at once: each writes its own file, the rename is atomic.
  const fresh = path.join(root, "build", `kernels.${process.pid}.wasm`);
  const asc = path.join(root, "node_modules", "assemblyscript", "bin", "asc.js");
  await promisify(execFile)(process.execPath, [
    asc, "assembly/index.ts", "--outFile", path.relative(root, fresh), "-O3", "--runtime", "stub", "--enable", "simd", "--noAssert", "--converge",
  ], { cwd: root });
  await rename(fresh, target);
  return target;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildKernels();
