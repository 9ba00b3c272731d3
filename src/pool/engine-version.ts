/** The version of Straddle that computed a run, as the ledger names it. */
export { version as engineVersion } from "../../package.json";

/** Set where the product is built: a hash of everything that decides what a day's outcome is. */
declare const __ENGINE_BUILD__: string | undefined;

/** Tells apart engines of one version, while it is worked on. */
export const engineBuild: string = typeof __ENGINE_BUILD__ === "undefined" ? "unbuilt" : __ENGINE_BUILD__;
