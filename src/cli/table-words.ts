/** A table for a terminal: the first column to the left, the others to the right. */
export function tableWords(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join("  "));
}

export function money(rupees: number | null): string {
  return rupees === null ? "—" : rupees.toLocaleString("en-IN", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

export function ratio(value: number | null): string {
  return value === null ? "—" : value.toFixed(2);
}

/** @param share 0…1 */
export function percent(share: number | null): string {
  return share === null ? "—" : `${(share * 100).toFixed(1)} %`;
}
