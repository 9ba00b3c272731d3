/** Everything that `npm run bench` measures, as a table or as JSON. */
import { availableParallelism, cpus, totalmem } from "node:os";
import { BROWSER_PARTS, measureBrowser } from "./browser.ts";
import type { Measurement } from "./measurement.ts";
import { measureNode, NODE_PARTS, type BuiltEngine } from "./node.ts";

/** @param only one part; absent: all. Throws where there is no such part. */
export async function bench(cli: string, engine: BuiltEngine, asJson: boolean, only?: string): Promise<string> {
  const own = NODE_PARTS.filter((part) => only === undefined || part === only);
  const inBrowser = BROWSER_PARTS.filter((part) => only === undefined || part === only);
  if (own.length + inBrowser.length === 0) throw new Error(`--only takes one of ${[...NODE_PARTS, ...BROWSER_PARTS].join(", ")}; found "${only}".`);
  const measurements = [...(own.length > 0 ? await measureNode(cli, engine, own) : []), ...(inBrowser.length > 0 ? await measureBrowser(inBrowser) : [])];
  const machine = { processor: cpus()[0]?.model.trim() ?? "unknown", cores: availableParallelism(), memory_gb: Math.round(totalmem() / 2 ** 30), node: process.versions.node };
  const date = new Date().toISOString().slice(0, 10);
  if (asJson) return JSON.stringify({ date, machine, measurements }, null, 2);
  return [`${date}, ${machine.processor}, ${machine.cores} cores, ${machine.memory_gb} GB, Node ${machine.node}`, "", ...table(measurements)].join("\n");
}

/** Three digits that mean something. */
function figure(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toPrecision(3);
}

function table(measurements: readonly Measurement[]): string[] {
  const rows = [
    ["what", "where", "figure", "goal", "over"],
    ...measurements.map(({ name, where, value, unit, goal, over }) => [name, where, `${figure(value)} ${unit}`, goal === undefined ? "" : `≤ ${goal} ${unit}`, over]),
  ];
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(" | ")} |`;
  return [line(rows[0]), `|${widths.map((width) => "-".repeat(width + 2)).join("|")}|`, ...rows.slice(1).map(line)];
}
