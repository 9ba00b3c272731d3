/** Characters of a statement: the first, and the one after the last. */
export interface SqlPlace {
  readonly from: number;
  readonly to: number;
}

/** What is wrong with a query, in words for people; `place` where it is known. */
export class SqlProblem extends Error {
  override readonly name = "SqlProblem";
  constructor(
    message: string,
    readonly place?: SqlPlace,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
