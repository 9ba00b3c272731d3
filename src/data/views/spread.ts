/** A query of the SQL console that is answered in parts, each by a worker of its own over some of the files. */

export interface Spread {
  readonly view: string;
  /** What each part is asked. */
  readonly part: string;
  /** Columns by which groups are told apart, by name; groups lie within one part where the files of a part are told by one of them. */
  readonly keys: readonly string[];
  /** The columns of a part by which its rows are grouped. */
  readonly groups: readonly string[];
  /** The aggregates could be put together wherever their rows lie; else groups must lie within one part. */
  readonly anywhere: boolean;
  /** Why not, in words. */
  readonly because: string;
  /** Rows without a date are left out. */
  readonly dated: boolean;
  /** The columns of the answer, as expressions over the parts; undefined where they are the parts' own. */
  readonly columns: readonly string[] | undefined;
  /** What follows FROM when the parts are put together, if anything. */
  readonly rest: string;
  /** A row of a part that was not taken may belong before those that were. */
  readonly needsAll: boolean;
}

/** A part among so many. */
export interface PartOf {
  readonly index: number;
  readonly of: number;
}

/** A column of an answer, by DuckDB's name of its type. */
export interface AnswerColumn {
  readonly name: string;
  readonly type: string;
}

/** What one part gave. */
export interface SqlPart {
  /** An Arrow IPC stream, in pieces. */
  readonly messages: readonly Uint8Array[];
  readonly complete: boolean;
  /** Of the whole answer. */
  readonly columns: readonly AnswerColumn[];
  /** What the user should know of the result: files that were left out. */
  readonly notes: readonly string[];
  /** For each view that the query reads of files: how many there are, and how many were opened for it. */
  readonly files: readonly { readonly view: string; readonly known: number; readonly opened: number }[];
}
