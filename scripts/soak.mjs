// npm run test:soak: the tests that take minutes and more, which npm test leaves out. Arguments go to vitest.
import { spawnSync } from "node:child_process";
import path from "node:path";
import { installMissing } from "./lib/install.mjs";
import { root } from "./lib/root.mjs";

await installMissing();
const { status } = spawnSync(process.execPath, [path.join(root, "node_modules/vitest/vitest.mjs"), "run", "--config", "vitest.soak.config.ts", ...process.argv.slice(2)], { cwd: root, stdio: "inherit" });
process.exitCode = status ?? 1;
