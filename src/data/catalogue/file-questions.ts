import type { FileQuestions } from "./answering.ts";
import type { Catalogue } from "./catalogue.ts";

/** A catalogue as queries ask it. `catalogue` is asked anew each time: another folder may have been opened. */
export function fileQuestions(catalogue: () => Catalogue): FileQuestions {
  return {
    revision: async () => catalogue().revision,
    named: async (kind) => catalogue().named(kind),
    answering: (paths, progress) => catalogue().answering(paths, progress),
    contracts: (progress) => catalogue().contracts(progress),
    symbols: async () => catalogue().symbols,
    dates: (symbol, progress) => catalogue().candidateDates(symbol, {}, progress),
    chunks: (symbol, dates, progress) => catalogue().chunks(symbol, dates, progress),
    coverage: (symbol, progress) => catalogue().coverage(symbol, progress),
  };
}
