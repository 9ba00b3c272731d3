/** Where a Chromium-family browser is; undefined when there is none. */
export function findChromium(): string | undefined;
/** What to do where there is none. */
export const NO_CHROMIUM: string;
export const CHROMIUM_FLAGS: string[];
