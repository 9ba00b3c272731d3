import { rulesWith } from "../src/core/market/rules.ts";
import type { MarketRules, SymbolName } from "../src/core/market/types.ts";
import type { FileFingerprint } from "../src/core/results/types.ts";
import { isoDate, type DayNumber } from "../src/core/time.ts";
import { inGroups } from "../src/data/catalogue/groups.ts";
import { VIX_SYMBOL, type CatalogueFile, type DayChunk } from "../src/data/catalogue/types.ts";
import { heardFolder } from "../src/data/signs-of-life.ts";
import { unpackChunk, unpackFiles } from "../src/pool/packed-plan.ts";
import type { VerifyOpen, VerifyWorkerApi } from "../src/pool/verify-protocol.ts";
import { FolderRows } from "../src/verify/day-files.ts";
import { verifyDay, type DayInputs } from "../src/verify/verify-day.ts";
import type { WorkerPlatform } from "./platform.ts";

interface Opened extends VerifyOpen {
  readonly rows: FolderRows;
  readonly marketRules: MarketRules;
  readonly ofSymbol: ReadonlyMap<SymbolName, readonly CatalogueFile[]>;
  readonly known: ReadonlyMap<string, readonly FileFingerprint[]>;
}

/** Works out days with the reference engine of the tests, straight from the files. */
export function createVerifyWorker({ openSource }: Pick<WorkerPlatform, "openSource">): VerifyWorkerApi {
  let opened: Opened | undefined;
  let reads: (path: string) => void = () => undefined;
  return {
    async open(open) {
      const marketRules = rulesWith(open.rules);
      opened = {
        ...open, marketRules,
        rows: new FolderRows(heardFolder(await openSource(open.source), (path) => reads(path)), marketRules),
        ofSymbol: inGroups(unpackFiles(open.named), ({ symbol }) => symbol),
        known: inGroups(open.ledger, ({ path }) => path),
      };
    },
    async day(date, run, heard) {
      reads = heard;
      if (!opened) throw new Error("a day was to be verified before open");
      const { rows, marketRules, variants, known } = opened;
      return verifyDay(rows, marketRules, { date: isoDate(date), variants, run, ledger: known, inputs: inputsOf(opened, date) });
    },
  };
}

function inputsOf({ plan, ofSymbol }: Opened, date: DayNumber): DayInputs[] {
  const chunks = plan.portions.flatMap((portion) => portion.chunks).filter(({ dates }) => dates.includes(date));
  return chunks.map((planned) => {
    const chunk = unpackChunk(planned, plan.files);
    const { symbol, zones, barLabel } = chunk;
    const earlier = plan.earlier.filter((one) => one.symbol === symbol).map((one) => unpackChunk(one, plan.files));
    const before = [...new Set(earlier.flatMap(({ dates }) => dates))].filter((one) => one < date).sort((a, b) => a - b);
    return { symbol, zones, endLabels: barLabel === "end", before: before.map(isoDate), files: filesOf(chunk, earlier, [...(ofSymbol.get(symbol) ?? []), ...(ofSymbol.get(VIX_SYMBOL) ?? [])]) };
  });
}

/** Those of the plan, and others that are of the same kind and layout by name: that an index knows no row of theirs is no proof. */
function filesOf(chunk: DayChunk, earlier: readonly DayChunk[], named: readonly CatalogueFile[]): CatalogueFile[] {
  const planned = [chunk, ...earlier].flatMap(({ files }) => files);
  const answering = new Set(planned.map(({ kind, layout }) => `${kind} ${layout}`));
  const also = named.filter(({ kind, layout }) => answering.has(`${kind} ${layout}`));
  return [...new Map([...planned, ...also].map((file) => [file.path, file])).values()];
}
