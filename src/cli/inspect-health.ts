import type { RulesOverride } from "../core/market/override.ts";
import { rulesWith } from "../core/market/rules.ts";
import { checkHealth } from "../pool/check-health.ts";
import type { HealthFound, HealthPlan } from "../pool/health-protocol.ts";
import { nodeHost, type OpenData } from "./open-data.ts";
import { say, sayOver } from "./words.ts";

export interface InspectOptions {
  readonly workers: number;
  readonly rules: RulesOverride | undefined;
  readonly each?: (found: HealthFound) => void;
}

/** Inspects the days of a plan with a line of progress, and keeps what was found for the next time. Ctrl+C stops it. */
export async function inspect(data: OpenData, plan: HealthPlan, { workers, rules, each }: InspectOptions): Promise<{ readonly found: readonly Omit<HealthFound, "reports">[]; readonly stopped: boolean }> {
  const found: Omit<HealthFound, "reports">[] = [];
  const stop = new AbortController();
  const onInterrupt = (): void => stop.abort();
  process.once("SIGINT", onInterrupt);
  const ended = await checkHealth({
    plan, host: nodeHost, rules: rulesWith(rules), workers, signal: stop.signal,
    open: () => ({ source: data.source, rules }),
    onDay(one) {
      each?.(one);
      found.push({ key: one.key, day: one.day });
    },
    onProgress: (done, total) => sayOver(`Health: ${done} of ${total} parts inspected`),
  });
  process.off("SIGINT", onInterrupt);
  sayOver("");
  try {
    if (found.length > 0) await data.catalogue.keepHealth(found);
  } catch (error) {
    say(`note: what was found cannot be kept for the next time (${(error as Error).message})`);
  }
  return { found, stopped: ended === "stopped" };
}
