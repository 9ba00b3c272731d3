/** Some rows of a table, and the places that they go to in another. */
export class TakenRows {
  /** Stretches of neighbours that stay neighbours, three numbers each: the first row, where it goes, and how many they are. */
  readonly stretches: Int32Array;
  /** The least of the rows, and the one after the greatest; both 0 where there is none. */
  readonly from: number;
  readonly to: number;

  /** Row `rows[i]` goes to `at[i]`. */
  constructor(readonly rows: Int32Array, readonly at: Int32Array) {
    const stretches: number[] = [];
    let [from, to] = [rows.length > 0 ? rows[0] : 0, 0];
    for (let i = 0; i < rows.length; ) {
      let end = i + 1;
      while (end < rows.length && rows[end] === rows[end - 1] + 1 && at[end] === at[end - 1] + 1) end++;
      stretches.push(rows[i], at[i], end - i);
      from = Math.min(from, rows[i]);
      to = Math.max(to, rows[end - 1] + 1);
      i = end;
    }
    this.stretches = Int32Array.from(stretches);
    this.from = from;
    this.to = to;
  }

  /** The first so many rows, each to its own place. */
  static all(count: number): TakenRows {
    const rows = Int32Array.from({ length: count }, (_, row) => row);
    return new TakenRows(rows, rows);
  }

  get length(): number {
    return this.rows.length;
  }

  /** Whether the rows are all of those from the first to the last of them, in order. */
  get together(): boolean {
    return this.stretches.length === 3;
  }
}
