// The command line: npm run -s straddle -- …   Installs and builds what is missing, without a word on stdout.
import path from "node:path";
import { pathToFileURL } from "node:url";
import { installMissing } from "./lib/install.mjs";

await installMissing();
const { buildCli } = await import("./lib/build-cli.mjs");
const folder = await buildCli();
await import(pathToFileURL(path.join(folder, "main.js")).href);
