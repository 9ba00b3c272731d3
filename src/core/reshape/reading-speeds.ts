import type { SymbolName } from "../market/types.ts";
import type { IsoDate } from "../time.ts";

/** How long all options of one day take to read, as a run reads them: of the source of a copy, and of the copy. */
export interface ReadingSpeeds {
  readonly symbol: SymbolName;
  readonly date: IsoDate;
  /** Milliseconds. */
  readonly source: number;
  readonly copy: number;
}

export function readingWords({ symbol, date, source, copy }: ReadingSpeeds): string {
  return `all options of ${symbol} on ${date}: ${source.toLocaleString("en-IN")} ms from the source, ${copy.toLocaleString("en-IN")} ms from the copy`;
}
