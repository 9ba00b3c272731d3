/** Workers inherit the page's Content-Security-Policy: in real Chromium, the built page, and a second server on this machine. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium, type Browser, type BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildPage } from "../../../scripts/lib/build-page.mjs";
import { CHROMIUM_FLAGS, findChromium, NO_CHROMIUM } from "../../../scripts/lib/chromium.mjs";
import { serve } from "../../../scripts/lib/serve.mjs";

/** Takes the place of a worker's module: tries to leave the origin and says on the console what came of it. */
const probe = (foreign: string) => `
  fetch(${JSON.stringify(foreign)}).then((answer) => answer.text()).then((text) => console.log("probe reached", text), (error) => console.log("probe refused", error.name));
  fetch(new URL("/own", self.location.origin)).then((answer) => console.log("probe at home", answer.status));
`;

describe("a worker of the page", () => {
  let page: Awaited<ReturnType<typeof serve>>;
  let foreign: Server;
  let foreignUrl: string;
  let asked = 0;
  let browser: Browser;

  beforeAll(async () => {
    const executablePath = findChromium();
    if (executablePath === undefined) throw new Error(NO_CHROMIUM);
    await buildPage();
    page = await serve({ port: 0, base: "/below/a/path/" });
    // It would let anybody in: what keeps the worker out is the policy alone.
    foreign = createServer((_, response) => {
      asked++;
      response.writeHead(200, { "access-control-allow-origin": "*" }).end("everything");
    });
    await new Promise<void>((listening) => foreign.listen(0, "127.0.0.1", listening));
    foreignUrl = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}/`;
    browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  });

  afterAll(async () => {
    await browser?.close();
    page?.close();
    foreign?.close();
  });

  /** Opens the page with the probe in place of its workers, and waits for what the probe says. */
  async function probed(options: BrowserContextOptions = {}): Promise<string[]> {
    asked = 0;
    const context = await browser.newContext(options);
    const opened = await context.newPage();
    const said: string[] = [];
    opened.on("console", (message) => message.text().startsWith("probe") && said.push(message.text()));
    await context.route(/assets\/catalogue-[^/]*\.js$/, (route) => route.fulfill({ contentType: "text/javascript", body: probe(foreignUrl) }));
    await opened.goto(page.address);
    await opened.getByRole("button", { name: "Try sample data" }).first().click();
    for (let i = 0; i < 100 && said.length < 2; i++) await opened.waitForTimeout(50);
    await context.close();
    return said.sort();
  }

  it("cannot reach another origin", async () => {
    expect(await probed()).toEqual(["probe at home 404", "probe refused TypeError"]);
    expect(asked).toBe(0);
  });

  it("could without the policy: nothing else keeps it in", async () => {
    expect(await probed({ bypassCSP: true })).toEqual(["probe at home 404", "probe reached everything"]);
    expect(asked).toBe(1);
  });
});
