import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { root } from "./root.mjs";

/** Runs `work` while no other process runs work under the same name. A lock whose owner has died is taken over. */
export async function withLock(name, work) {
  const file = path.join(root, "build", `${name}.lock`);
  mkdirSync(path.dirname(file), { recursive: true });
  while (!take(file)) await pause(100);
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function take(file) {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
  }
  if (ownerIsGone(file)) rmSync(file, { force: true });
  return false;
}

function ownerIsGone(file) {
  let owner;
  try {
    owner = Number(readFileSync(file, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return false;
    throw error;
  }
  // Taken a moment ago, its owner not yet written down.
  if (!Number.isInteger(owner) || owner <= 0) return false;
  try {
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return error.code === "ESRCH";
  }
}
