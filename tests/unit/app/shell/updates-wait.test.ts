import { expect, it } from "vitest";
import type { Backend, OpenCatalogue } from "../../../../src/app/session/backend.ts";
import { withUpdatesWaiting } from "../../../../src/app/shell/updates-wait.ts";
import type { SqlDesk } from "../../../../src/pool/sql-desk.ts";
import type { SqlReply } from "../../../../src/pool/protocol.ts";

it("keeps a new version of the page away while a query runs, not while its desk is open", async () => {
  const kept: Promise<unknown>[] = [];
  let answer: (reply: SqlReply) => void = () => undefined;
  const asked = new Promise<SqlReply>((resolve) => (answer = resolve));
  const desk: SqlDesk = { api: { ask: () => asked, parquetOf: async () => new Blob() }, end: () => undefined };
  const catalogue: Partial<OpenCatalogue> = { sqlDesk: async () => desk };
  const inner: Partial<Backend> = { open: async () => catalogue as OpenCatalogue };
  const backend = withUpdatesWaiting(inner as Backend, { state: () => ({ kind: "ready" }), waitsFor: () => undefined, start: () => undefined, update: async () => undefined, during: (work) => void kept.push(work) });
  const { sqlDesk } = await backend.open({ kind: "files", name: "made up", files: new Map() }, {}, () => undefined, new AbortController().signal);
  const { api } = await sqlDesk({ memoryMb: 64, mostFiles: 1, workers: 2 });
  expect(kept).toEqual([]);
  const reply = api.ask({ sql: "SELECT 1", mostRows: 1, mostBytes: 1 }, () => undefined, async () => [], async () => undefined);
  expect(kept).toHaveLength(1);
  answer({ kind: "problem", message: "done" });
  await expect(kept[0]).resolves.toEqual(await reply);
});
