/**
 * Row numbers by key, in row order, without an object per row: one array, cut into views. Rows whose key is NaN are left out.
 */
export function groupRows(keys: Float64Array): Map<number, Int32Array> {
  const codes = new Map<number, number>();
  const codeOf = new Int32Array(keys.length).fill(-1);
  const counts: number[] = [];
  let lastKey = NaN;
  let lastCode = -1;
  for (let row = 0; row < keys.length; row++) {
    const key = keys[row];
    if (key !== lastKey) {
      if (Number.isNaN(key)) continue;
      lastKey = key;
      lastCode = codes.get(key) ?? codes.size;
      if (lastCode === codes.size) {
        codes.set(key, lastCode);
        counts.push(0);
      }
    }
    codeOf[row] = lastCode;
    counts[lastCode]++;
  }
  const ends = new Int32Array(counts.length);
  let at = 0;
  counts.forEach((count, code) => {
    ends[code] = at;
    at += count;
  });
  const rows = new Int32Array(at);
  for (let row = 0; row < codeOf.length; row++) if (codeOf[row] >= 0) rows[ends[codeOf[row]]++] = row;
  return new Map([...codes].map(([key, code]) => [key, rows.subarray(ends[code] - counts[code], ends[code])]));
}
