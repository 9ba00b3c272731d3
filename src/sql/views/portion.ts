/** Which of the files that a query needs one of several parts reads. */
import { contractKey } from "../../core/market/contract-id.ts";
import { inGroups } from "../../data/catalogue/groups.ts";
import type { PartOf, Spread } from "../../data/views/spread.ts";
import { NotSpread } from "./spread.ts";
import type { WantedRows } from "./view-file.ts";

/** With fewer files it takes longer to ask several workers. */
export const FEWEST_FILES = 4;
const CONTRACT = ["expiry", "strike", "cp"];

/** Rows that have to be seen together stay in one part: those of a date, else of a contract. Throws NotSpread; without words where it would not pay. */
export function portionOf(wanted: readonly WantedRows[], { keys, anywhere, because, dated: namesDates }: Spread, judgesRows: boolean, { index, of }: PartOf): WantedRows[] {
  if (wanted.length < FEWEST_FILES) throw new NotSpread("");
  const dated = wanted.every(({ file }) => file.file.date !== undefined);
  const named = wanted.every(({ file: { file, symbols } }) => symbols.length === 1 && file.expiry !== undefined && file.strike !== undefined && file.cp !== undefined);
  const told = (columns: readonly string[]): boolean => columns.every((column) => keys.includes(column));
  const oneSymbol = new Set(wanted.flatMap(({ file }) => file.symbols)).size === 1;
  const together = dated ? told(["date"]) : named && told(oneSymbol ? CONTRACT : ["symbol", ...CONTRACT]);
  if (!anywhere && !together) throw new NotSpread(because);
  if (!anywhere && dated && !namesDates) throw new NotSpread(`${because}, and rows without a date may lie in all of them: name the dates in WHERE`);
  if (judgesRows && !dated && !named) throw new NotSpread("quality is judged over all rows of a contract, which may lie in several files");
  const keyOf = ({ file: { file, symbols } }: WantedRows): string => {
    if (dated) return String(file.date);
    return named ? contractKey({ symbol: symbols[0], expiry: file.expiry!, strike: file.strike!, cp: file.cp! }) : file.path;
  };
  const tied = [...inGroups(wanted, keyOf).values()];
  // A few dates would not fill the workers: their files can be read apart where no row has to be seen beside another.
  const groups = tied.length < 2 * of && anywhere && !judgesRows ? wanted.map((rows) => [rows]) : tied;
  if (groups.length < 2) throw new NotSpread("");
  // Dealt out one by one, since files of neighbouring names are of much the same size.
  return groups.filter((_, place) => place % of === index).flat();
}
