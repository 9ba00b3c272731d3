import { transfer } from "comlink";
import type { CatalogueWorkerApi, SourceDescriptor, SqlOpen } from "./protocol.ts";
import { movedSource } from "./transfers.ts";
import type { HostedWorker, WorkerHost } from "./worker-host.ts";

/** Starts a worker that runs queries over the folder of a catalogue, and joins the two. */
export async function startSqlDesk(host: WorkerHost, catalogue: Pick<CatalogueWorkerApi, "answer">, source: SourceDescriptor, open: Omit<SqlOpen, "catalogue">): Promise<HostedWorker<"sql">> {
  const worker = host.spawn("sql");
  try {
    const { port1, port2 } = new MessageChannel();
    await catalogue.answer(transfer(port1, [port1]));
    await worker.api.init(movedSource(source));
    await worker.api.openViews(transfer({ ...open, catalogue: port2 }, [port2]));
    return worker;
  } catch (error) {
    worker.end();
    throw error;
  }
}
