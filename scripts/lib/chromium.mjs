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

/**
 * What the browser does without. The last such list on its command line counts alone, so that of Playwright stands here again; and the
 * address bar, which would draw two pages of its own for every window.
 */
const DISABLED_FEATURES = [
  "WebUIOmniboxPopup", "WebUIOmniboxAimPopup",
  "AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "PaintHolding",
  "ThirdPartyStoragePartitioning", "AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled", "PreconnectToSearch",
];

/** For headless runs that talk to nobody. */
export const CHROMIUM_FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", `--disable-features=${DISABLED_FEATURES.join(",")}`,
];
