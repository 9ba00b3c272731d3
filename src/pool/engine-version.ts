/** The version of Straddle that computed a run, as the ledger names it. */
export { version as engineVersion } from "../../package.json";
