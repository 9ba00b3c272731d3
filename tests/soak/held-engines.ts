/** Engine workers of the page that stop between two calls while the page's memory is looked at: what is held then hangs on nothing that happens at the moment. */
import type { Page } from "playwright-core";

/** To stand in front of the engine worker's code. */
export const GATE = `{
  let held, free;
  new BroadcastChannel("gate").onmessage = ({ data }) => {
    if (data === "hold") held ??= new Promise((resolve) => (free = resolve));
    else {
      free?.();
      held = undefined;
    }
  };
  const listen = globalThis.addEventListener;
  globalThis.addEventListener = (type, heard, ...rest) => listen.call(globalThis, type, type === "message" ? async (event) => (await held, heard(event)) : heard, ...rest);
}`;

/** No call reaches an engine from now on; those under way end. */
export async function holdEngines(page: Page): Promise<void> {
  await say(page, "hold");
}

export async function letEnginesGo(page: Page): Promise<void> {
  await say(page, "go");
}

async function say(page: Page, word: string): Promise<void> {
  await page.evaluate((data) => {
    const gate = new BroadcastChannel("gate");
    gate.postMessage(data);
    gate.close();
  }, word);
}
