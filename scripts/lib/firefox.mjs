import { findExecutable } from "./find-executable.mjs";

/** Where Firefox is: `FIREFOX`, else by its usual names and places. Undefined when there is none. */
export function findFirefox() {
  return findExecutable({ variable: "FIREFOX", names: ["firefox-esr", "firefox"], files: ["/Applications/Firefox.app/Contents/MacOS/firefox"] });
}

/** What to do where there is none. */
export const NO_FIREFOX = "No Firefox was found, so nothing is tested in it. On Debian get one with: apt-get install firefox-esr; elsewhere name its executable: FIREFOX=/path/to/firefox";
