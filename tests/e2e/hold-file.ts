/** Engine workers stand before certain files until the page lets them pass, so that a fault hits a run in its middle. */
import type { Page } from "playwright-core";

/** Of the dates that made-up folders begin with, the second and the third, which is the last of the first expiry. */
const SECOND = "date=2024-08-20.parquet";
const THIRD = "date=2024-08-21.parquet";

/** To stand in front of the engine worker's code: these files are opened when the page has said so. */
export const HOLD = `
  const faults = new BroadcastChannel("faults");
  const { getFile } = FileSystemFileHandle.prototype;
  FileSystemFileHandle.prototype.getFile = async function () {
    if (${JSON.stringify([SECOND, THIRD])}.includes(this.name)) {
      const go = new Promise((resolve) => faults.addEventListener("message", ({ data }) => data.go === this.name && resolve()));
      faults.postMessage({ held: this.name });
      await go;
    }
    return getFile.call(this);
  };
`;

interface Holding {
  hold(): Promise<void>;
  go(): void;
  /** How often a worker has come to the third date. */
  times: number;
}

/** Whoever comes to a file passes from now on, unless a run is to be held there. */
export async function letPass(page: Page): Promise<void> {
  await page.evaluate(
    ({ second, third }) => {
      const faults = new BroadcastChannel("faults");
      const pass = (name: string) => faults.postMessage({ go: name });
      let holding = false;
      let isHeld: () => void;
      faults.onmessage = ({ data: { held } }) => {
        if (held === third) holder.times++;
        // Days that are done lie in the worker's memory for a second at most: the second one is done later than that.
        if (held === second && holding) setTimeout(pass, 1_100, second);
        else if (held === third && holding) isHeld();
        else if (held !== undefined) pass(held);
      };
      const holder: Holding = {
        times: 0,
        hold() {
          holding = true;
          return new Promise<void>((resolve) => (isHeld = resolve));
        },
        go() {
          holding = false;
          pass(third);
        },
      };
      Object.assign(globalThis, { holder });
    },
    { second: SECOND, third: THIRD },
  );
}

/** Starts a run and waits until a worker stands before the third date; two are done by then. */
export async function heldRun(page: Page): Promise<void> {
  const held = page.evaluate(() => (globalThis as unknown as { holder: Holding }).holder.hold());
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await held;
}

export async function go(page: Page): Promise<void> {
  await page.evaluate(() => (globalThis as unknown as { holder: Holding }).holder.go());
}

export function timesHeld(page: Page): Promise<number> {
  return page.evaluate(() => (globalThis as unknown as { holder: Holding }).holder.times);
}
