import { availableParallelism, cpus, totalmem } from "node:os";

/** What a run takes place on, for the ledger. */
export function thisMachine(): Record<string, string | number> {
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memory_bytes: totalmem(),
    platform: `${process.platform} ${process.arch}`,
    runtime: `Node ${process.versions.node}`,
  };
}
