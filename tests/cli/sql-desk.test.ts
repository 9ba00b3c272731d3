import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it } from "vitest";
import { buildCli } from "../../scripts/lib/build-cli.mjs";
import { writeSample } from "../../src/cli/sample.ts";
import { createNodeHost } from "../../src/pool/spawn-node.ts";
import { startSqlDesk } from "../../src/pool/sql-desk.ts";
import type { WorkerHost } from "../../src/pool/worker-host.ts";
import { tempFolder } from "../support/temp-folder.ts";

it("answers by one worker, and says why, where another cannot be started", async () => {
  const root = tempFolder();
  await writeSample({ out: root, days: 2, seed: 3, strikesEachSide: 1, cadence: { near: 60, far: 600, nearSteps: 1, laterExpiries: 60 } });
  const threads = createNodeHost(pathToFileURL(join(await buildCli(), "worker.js")));
  const catalogue = threads.spawn("catalogue");
  let started = 0;
  const host: WorkerHost = {
    ...threads,
    spawn(kind) {
      if (++started === 2) throw new RangeError("out of memory");
      return threads.spawn(kind);
    },
  };
  try {
    const source = { kind: "node", root } as const;
    await catalogue.api.open(source, {}, () => undefined);
    const desk = await startSqlDesk(host, catalogue.api, () => source, { memoryMb: 512, mostFiles: 1_000, workers: 2 });
    const ask = () => desk.api.ask({ sql: "SELECT count(*) AS n FROM options", mostRows: 10, mostBytes: 1 << 20 }, () => undefined, async () => [], async () => undefined);
    try {
      expect(await ask()).toMatchObject({ kind: "answer", rows: 1, workers: 1, alone: "another could not be started (out of memory)" });
      // The next query tries again.
      const again = await ask();
      expect(again).toMatchObject({ kind: "answer", workers: 2 });
      expect(again).not.toHaveProperty("alone");
    } finally {
      desk.end();
    }
  } finally {
    catalogue.end();
  }
});
