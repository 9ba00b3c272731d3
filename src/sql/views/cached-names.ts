import type { FileQuestions } from "../../data/catalogue/answering.ts";
import type { CatalogueFile, SeriesKind } from "../../data/catalogue/types.ts";

/** Asks for the names of a kind once per listing of the folder: a hundred thousand of them are not sent for every query. */
export function cachedNames(questions: FileQuestions): FileQuestions {
  let held: { readonly revision: number; readonly names: Map<SeriesKind, Promise<readonly CatalogueFile[]>> } | undefined;
  return {
    revision: () => questions.revision(),
    async named(kind) {
      const revision = await questions.revision();
      if (held?.revision !== revision) held = { revision, names: new Map() };
      const known = held.names.get(kind) ?? questions.named(kind);
      held.names.set(kind, known);
      known.catch(() => (held = undefined));
      return known;
    },
    answering: (paths, progress) => questions.answering(paths, progress),
    contracts: (progress) => questions.contracts(progress),
    symbols: () => questions.symbols(),
    dates: (symbol, progress) => questions.dates(symbol, progress),
    chunks: (symbol, dates, progress) => questions.chunks(symbol, dates, progress),
    coverage: (symbol, progress) => questions.coverage(symbol, progress),
  };
}
