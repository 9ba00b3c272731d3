/** Real Chromium against built pages, served as any static host would: under a sub-path, without special headers. */
import { resolve } from "node:path";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { buildFixture, buildPage } from "../../scripts/lib/build-page.mjs";
import { CHROMIUM_FLAGS, findChromium, NO_CHROMIUM } from "../../scripts/lib/chromium.mjs";
import { serve as serveFolder } from "../../scripts/lib/serve.mjs";

export const ROOT = resolve(import.meta.dirname, "../..");

/** How every browser of the tests is started. Throws an Error that says how to get one where there is none. */
export function chromiumOptions() {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(NO_CHROMIUM);
  return { executablePath, args: CHROMIUM_FLAGS };
}

export async function launchChromium(): Promise<Browser> {
  return chromium.launch(chromiumOptions());
}

/** The page as users get it; answers the folder. */
export const builtPage = buildPage;
/** The page's views over made-up answers of the workers. */
export const builtFixture = buildFixture;

export interface StaticServer {
  readonly url: string;
  close(): void;
}

export async function serve(folder: string): Promise<StaticServer> {
  const { address, close } = await serveFolder({ port: 0, base: "/some/where/", folder });
  return { url: address, close };
}

/** A page with a record of everything that must not happen. */
export interface WatchedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors, warnings and CSP violations of the page and its workers. */
  readonly complaints: string[];
  /** Paths asked for below the page's own address, in order, the workers' included. */
  readonly requests: string[];
  /** Addresses of requests to other origins. */
  readonly foreign: string[];
}

/** The window where a test does not say: `npm run test:soak` has every browser test once more in the other theme at the smaller size. */
const WINDOW = process.env.OTHER_WINDOW === undefined ? ({ theme: "light", width: 1440, height: 900 } as const) : ({ theme: "dark", width: 1024, height: 768 } as const);

export async function openPage(browser: Browser, url: string, options: { theme?: "light" | "dark"; width?: number; height?: number; offlineCopy?: boolean; readAhead?: boolean } = {}): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width: options.width ?? WINDOW.width, height: options.height ?? WINDOW.height }, colorScheme: options.theme ?? WINDOW.theme, acceptDownloads: true,
    // The copy for offline use is tens of megabytes: only the tests about it have it made.
    serviceWorkers: options.offlineCopy ? "allow" : "block",
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  const foreign: string[] = [];
  const { origin, pathname: base } = new URL(url);
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && !message.text().includes("blocked by Playwright") && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.stack ?? error.message));
  context.on("request", (request) => {
    const address = new URL(request.url());
    if (address.origin === origin) requests.push(address.pathname.slice(base.length));
    else if (address.protocol.startsWith("http")) foreign.push(request.url());
  });
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => console.error(`Policy violated: ${event.violatedDirective} ${event.blockedURI} in ${event.sourceFile}:${event.lineNumber}`));
  });
  // As it was left at the last visit.
  if (options.readAhead === false) await context.addInitScript(() => localStorage.getItem("straddle") ?? localStorage.setItem("straddle", JSON.stringify({ readAhead: false })));
  await page.goto(url);
  // A dialog that opens with the page hides the rest from assistive technology.
  await page.getByRole("heading", { name: "Straddle", includeHidden: true }).waitFor();
  return { page, context, complaints, requests, foreign };
}
