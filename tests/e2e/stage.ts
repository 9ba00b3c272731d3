import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { builtPage, launchChromium, openPage, serve, type StaticServer, type WatchedPage } from "./harness.ts";

/** A browser and a served page for all tests of one file. */
export interface Stage {
  readonly browser: Browser;
  /** Address of the page. */
  readonly url: string;
  /** The page in a window of its own. */
  open(options?: Parameters<typeof openPage>[2]): Promise<WatchedPage>;
}

/** @param folder what is served */
export function useStage(folder: () => Promise<string> = builtPage): Stage {
  let browser: Browser | undefined;
  let server: StaticServer | undefined;
  beforeAll(async () => {
    server = await serve(await folder());
    browser = await launchChromium();
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });
  const ready = <T>(part: T | undefined): T => {
    if (part === undefined) throw new Error("the stage was used before the tests began");
    return part;
  };
  return {
    get browser() {
      return ready(browser);
    },
    get url() {
      return ready(server).url;
    },
    open: (options) => openPage(ready(browser), ready(server).url, options),
  };
}
