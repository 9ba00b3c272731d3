import { findExecutable } from "./find-executable.mjs";

/** Where a Chromium-family browser is: `CHROMIUM`, else by its usual names and places. Undefined when there is none. */
export function findChromium() {
  return findExecutable({
    variable: "CHROMIUM",
    names: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "brave-browser"],
    files: [
      "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
      "/Applications/Chromium.app/Contents/MacOS/Chromium",
      "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ],
  });
}

/** What to do where there is none. */
export const NO_CHROMIUM =
  "No Chromium-family browser was found, so the browser tests cannot run.\n" +
  "On Debian or Ubuntu get one with:  apt-get install chromium\n" +
  "Elsewhere install Chromium or Chrome, or name its executable:  CHROMIUM=/path/to/chromium npm test";

/** For headless runs that talk to nobody. */
export const CHROMIUM_FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
];
