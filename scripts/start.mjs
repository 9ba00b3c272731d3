// npm start: installs and builds what is missing, serves dist/ to this machine only and prints the address.
import { installMissing } from "./lib/install.mjs";

await installMissing();
const { buildPage } = await import("./lib/build-page.mjs");
const { serve } = await import("./lib/serve.mjs");
await buildPage();
const { address } = await serve({ port: Number(process.env.PORT ?? 4173) });
console.log(`Straddle is at ${address}  (Ctrl+C ends it)`);
