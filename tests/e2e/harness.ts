/** Real Chromium against built pages, served as any static host would: under a sub-path, without special headers. */
import { createReadStream, existsSync } from "node:fs";
import { mkdir, readdir, readFile, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { build } from "vite";

export const ROOT = resolve(import.meta.dirname, "../..");
const BUILDS = join(ROOT, "build/e2e");
const SUB_PATH = "/some/where/";

const CHROMIUM_PLACES = [
  "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable", "/snap/bin/chromium", "/usr/bin/microsoft-edge",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];

/** Throws an Error that says how to get a browser where there is none. */
export function findChromium(): string {
  const found = [process.env.CHROMIUM, ...CHROMIUM_PLACES].find((path) => path !== undefined && existsSync(path));
  if (found === undefined) {
    throw new Error("No Chromium-family browser was found. On Debian: apt-get install chromium. Elsewhere install Chrome, or set CHROMIUM to the path of one.");
  }
  return found;
}

export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: findChromium(),
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
}

/** The page as users get it. */
export const builtPage = () => buildOnce("page", "vite.config.ts");
/** The page's views over made-up answers of the workers. */
export const builtFixture = () => buildOnce("fixture", "tests/e2e/fixture/vite.config.ts");

const SOURCES = ["src", "workers", "strategies", "public", "assembly", "tests/e2e/fixture", "index.html", "vite.config.ts", "package-lock.json"];

/** Test files run side by side: the first that comes builds, the others wait; nobody builds what has not changed. */
async function buildOnce(name: string, config: string): Promise<string> {
  const outDir = join(BUILDS, name);
  const stampFile = join(BUILDS, `${name}.stamp`);
  const lock = join(BUILDS, `${name}.lock`);
  const stamp = String(await newestChange(SOURCES.map((source) => join(ROOT, source))));
  await mkdir(BUILDS, { recursive: true });
  for (const until = Date.now() + 180_000; Date.now() < until; await pause(200)) {
    if (!existsSync(lock) && existsSync(stampFile) && (await readFile(stampFile, "utf8")) === stamp) return outDir;
    try {
      await mkdir(lock);
    } catch {
      continue; // Another test file is building.
    }
    try {
      await rm(stampFile, { force: true });
      await build({ configFile: join(ROOT, config), logLevel: "warn", build: { outDir, emptyOutDir: true } });
      await writeFile(stampFile, stamp);
      return outDir;
    } finally {
      await rmdir(lock);
    }
  }
  throw new Error(`${lock} has been there for three minutes: a build was interrupted. Remove it and try again.`);
}

async function newestChange(paths: readonly string[]): Promise<number> {
  let newest = 0;
  for (const path of paths) {
    if (!existsSync(path)) continue;
    const found = await stat(path);
    newest = Math.max(newest, found.mtimeMs);
    if (found.isDirectory()) newest = Math.max(newest, await newestChange((await readdir(path)).map((name) => join(path, name))));
  }
  return newest;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".json": "application/json", ".webmanifest": "application/manifest+json", ".svg": "image/svg+xml",
};

export interface StaticServer {
  readonly url: string;
  /** Paths asked for, in order. */
  readonly requests: string[];
  close(): Promise<void>;
}

export async function serve(folder: string): Promise<StaticServer> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    requests.push(path);
    const file = join(folder, path.startsWith(SUB_PATH) ? path.slice(SUB_PATH.length) || "index.html" : "?");
    if (!file.startsWith(folder) || !existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}${SUB_PATH}`,
    requests,
    close: () => new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    }),
  };
}

/** A page with a record of everything that must not happen. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors, warnings and CSP violations of the page and its workers. */
  readonly complaints: string[];
  /** Addresses of requests to other origins. */
  readonly foreign: string[];
  /** Longest task of the page's thread since the last call, milliseconds. */
  longestTask(): Promise<number>;
}

export async function openPage(browser: Browser, url: string, options: { theme?: "light" | "dark"; width?: number; height?: number; offlineCopy?: boolean } = {}): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 }, colorScheme: options.theme ?? "light", acceptDownloads: true,
    // The copy for offline use is tens of megabytes: only the tests about it have it made.
    serviceWorkers: options.offlineCopy ? "allow" : "block",
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const foreign: string[] = [];
  const { origin } = new URL(url);
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && !message.text().includes("blocked by Playwright") && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.stack ?? error.message));
  context.on("request", (request) => {
    const address = new URL(request.url());
    if (address.protocol.startsWith("http") && address.origin !== origin) foreign.push(request.url());
  });
  await page.addInitScript(() => {
    const tasks: number[] = [];
    Object.assign(globalThis, { longTasks: tasks });
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ type: "longtask", buffered: true });
  });
  await page.goto(url);
  await page.getByRole("heading", { name: "Straddle" }).waitFor();
  return {
    page,
    context,
    complaints,
    foreign,
    longestTask: () => page.evaluate(() => Math.max(0, ...(globalThis as unknown as { longTasks: number[] }).longTasks.splice(0))),
  };
}
