/** What goes wrong, the text that stands once in the file, what takes its place, and why no result can show it. */
export type Mutant = readonly [breaks: string, text: string, by: string, equivalent?: string];

/** The mutants of one file of assembly/. */
export interface Area {
  readonly file: string;
  /** What should notice, the quickest first; the golden cases are asked after them. */
  readonly tests: readonly string[];
  readonly mutants: readonly Mutant[];
}

export const KERNEL_MUTANTS: readonly Area[];
