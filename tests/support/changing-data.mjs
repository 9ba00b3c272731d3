// Before the built worker, in its threads: the first engine that comes to the file DATA_CHANGES_AT finds that the files of the folder DATA_CHANGES
// have just been touched, and dies of it. What it was at is done again, with the files as they are then.
import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import path from "node:path";
import { workerData } from "node:worker_threads";

const { DATA_CHANGES: folder, DATA_CHANGES_AT: file } = process.env;

if (workerData === "engine") {
  const { open } = fs;
  fs.open = (name, ...rest) => {
    const done = path.join(folder, "changed");
    if (String(name).endsWith(file) && !fs.existsSync(done)) {
      fs.writeFileSync(done, "");
      for (const one of fs.readdirSync(folder)) fs.utimesSync(path.join(folder, one), new Date(), new Date());
      process.exit(1);
    }
    return open(name, ...rest);
  };
  syncBuiltinESMExports();
}
