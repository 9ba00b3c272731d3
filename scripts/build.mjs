// npm run build: kernels and page into dist/, for any static host under any sub-path.
import { installMissing } from "./lib/install.mjs";

await installMissing();
const { buildPage } = await import("./lib/build-page.mjs");
await buildPage();
