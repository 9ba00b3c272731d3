/** A run as its files say it: what `run --out` wrote, read back. */
import type { ParsedStrategy } from "../strategy/types.ts";
import { z } from "../zod.ts";
import { resultHash } from "./hash.ts";
import { tradeLabels } from "./labels.ts";
import type { LedgerQuarantine, ledgerJson } from "./ledger.ts";
import { readTradesCsv } from "./read-trades-csv.ts";
import type { summaryJson } from "./summary-json.ts";
import type { TradeColumns } from "./types.ts";

export type Ledger = Omit<ReturnType<typeof ledgerJson>, "quarantine"> & { readonly quarantine?: LedgerQuarantine | null };
export type Summary = ReturnType<typeof summaryJson>;

/** The texts of the files of one run. */
export interface RunTexts {
  /** The folder, for messages. */
  readonly name: string;
  readonly ledger: string;
  readonly summary: string;
  readonly trades: string;
}

export interface SavedRun {
  readonly name: string;
  readonly ledger: Ledger;
  readonly summary: Summary;
  readonly strategy: ParsedStrategy;
  /** In the order of semantics §6; codes of variants are places in the strategy. */
  readonly trades: TradeColumns;
}

/** The files of a run that are not what they should be: which, and what is wrong with it. */
export class SavedRunError extends Error {
  override readonly name = "SavedRunError";
}

const dates = z.array(z.looseObject({ date: z.string() }));
/** What is looked at of run.json; the rest is passed on as it is. */
const ledgerShape = z.looseObject({
  run_id: z.string(), result_hash: z.string(), stopped: z.boolean(), rules_version: z.string(), engine_version: z.string(),
  strategy: z.looseObject({ name: z.string(), variants: z.array(z.looseObject({ name: z.string(), strategy: z.looseObject({ universe: z.looseObject({ symbol: z.string() }), time: z.looseObject({}), sampling: z.looseObject({ first_trades: z.number() }) }) })).min(1) }),
  data: z.looseObject({ folder: z.string(), reader: z.string(), fingerprint: z.string(), clock_zones: z.array(z.looseObject({})), files: z.array(z.looseObject({ path: z.string(), size: z.number(), modified: z.number(), footer: z.string() })) }),
  days: z.looseObject({ run: z.array(z.string()), skipped: dates, quarantined: dates }),
});
const summaryShape = z.looseObject({ variants: z.array(z.looseObject({ variant: z.string(), daily: z.array(z.looseObject({ date: z.string() })) })).min(1) });

/** Throws a SavedRunError, also where the trades are not those that the ledger is about. */
export function readSavedRun({ name, ledger: ledgerText, summary: summaryText, trades: tradesText }: RunTexts): SavedRun {
  const ledger = shaped<Ledger>(name, "run.json", ledgerText, ledgerShape);
  const summary = shaped<Summary>(name, "summary.json", summaryText, summaryShape);
  const { strategy } = ledger;
  const trades = tradesOf(name, tradesText, strategy);
  if (resultHash(trades, tradeLabels(strategy)) !== ledger.result_hash) throw new SavedRunError(`${name}: the trades of trades.csv are not those that run.json was written for: their hash is another. One of the files was changed; run it again.`);
  return { name, ledger, summary, strategy, trades };
}

function shaped<T>(name: string, file: string, text: string, shape: z.ZodType): T {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (cause) {
    throw new SavedRunError(`${name}: ${file} is no JSON. Give a folder that “run --out” wrote.`, { cause });
  }
  const checked = shape.safeParse(found);
  if (!checked.success) {
    const [{ path, message }] = checked.error.issues;
    throw new SavedRunError(`${name}: ${file} is not of a run of Straddle: ${path.join(".") || "at its top"}: ${message}. Give a folder that “run --out” wrote.`);
  }
  return found as T;
}

/** The table names variants by their own; variants without a trade are not in it. */
function tradesOf(name: string, text: string, strategy: ParsedStrategy): TradeColumns {
  let read: ReturnType<typeof readTradesCsv>;
  try {
    read = readTradesCsv(text);
  } catch (cause) {
    throw new SavedRunError(`${name}: trades.csv: ${(cause as Error).message}`, { cause });
  }
  const places = read.labels.variants.map((variant) => strategy.variants.findIndex((known) => known.name === variant));
  const unknown = places.indexOf(-1);
  if (unknown >= 0) throw new SavedRunError(`${name}: trades.csv has trades of the variant ${read.labels.variants[unknown]}, which run.json does not know. The files are of different runs.`);
  const { trades } = read;
  for (let row = 0; row < trades.length; row++) trades.variant[row] = places[trades.variant[row]];
  return trades;
}
