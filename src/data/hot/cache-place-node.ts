import { homedir } from "node:os";
import path from "node:path";

/** `STRADDLE_CACHE`, else the system's folder for what can be made again. Never the user's data folder. */
export function cachePlace(): string {
  if (process.env.STRADDLE_CACHE) return process.env.STRADDLE_CACHE;
  if (process.platform === "darwin") return path.join(homedir(), "Library", "Caches", "straddle");
  if (process.platform === "win32" && process.env.LOCALAPPDATA) return path.join(process.env.LOCALAPPDATA, "straddle", "cache");
  return path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), ".cache"), "straddle");
}

/** The folder of the warm tier. */
export function slicesPlace(): string {
  return path.join(cachePlace(), "slices");
}
