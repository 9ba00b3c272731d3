const NUMBER = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/;
/** How a cell begins that some spreadsheet runs as a formula; East Asian ones take the wide signs too. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** The cells of one line of a CSV, without their quotes. */
export function csvCells(line: string): string[] {
  const cells: string[] = [];
  for (const [, quoted, plain] of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
  return cells;
}

/**
 * One cell of a CSV that a spreadsheet opens: quoted where it must be, and text that a spreadsheet would run as a formula
 * (it begins with `=`, `+`, `-`, `@`, tab or a line end) gets an apostrophe in front. Numbers stay numbers.
 */
export function csvCell(text: string): string {
  const inert = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}
