import { standsUp, type DayVerdict, type LookAheadDay, type RowDifference, type Verification } from "../core/results/verification.ts";
import { verdictWords } from "../pool/verify-run.ts";
import { count } from "./words.ts";

/** Of a day so many differences are printed; --json has all of them. */
const DIFFERENCES_PRINTED = 10;

/** What was found on one day, as it is done. */
export function dayLines(day: DayVerdict, ahead: LookAheadDay): string[] {
  const { differences } = day;
  const more = differences.length - DIFFERENCES_PRINTED;
  return [
    `${day.date} ${resultWords(day)}; ${aheadWords(ahead)}`,
    ...day.notes.map((note) => `  note: ${note}`),
    ...differences.slice(0, DIFFERENCES_PRINTED).flatMap(differenceLines),
    ...(more > 0 ? [`  and ${count(more, "further row")}; --json has all of them`] : []),
    ...ahead.moments.flatMap(({ after, missing, instead }) => [
      ...missing.map((line) => `  after ${after} hidden, gone: ${line}`),
      ...instead.map((line) => `  after ${after} hidden, instead: ${line}`),
    ]),
  ];
}

function resultWords({ result, why, trades, skips, differences, filesRead, rowsRead, spot }: DayVerdict): string {
  const compared = `${count(trades, "trade")}${skips === null ? "" : ` and ${count(skips, "skip")}`}${spot === null ? "" : `, spot from ${spot}`}, out of ${rowsRead} rows of ${count(filesRead, "file")}`;
  switch (result) {
    case "equal":
      return `equal: ${compared}`;
    case "differs":
      return `DIFFERS in ${count(differences.length, "row")}: ${compared}`;
    case "changed":
      return `DIFFERS in ${count(differences.length, "row")}, on data that has changed since the run: ${compared}`;
    case "unverified":
      return `NOT VERIFIED: ${why}`;
  }
}

function aheadWords(ahead: LookAheadDay): string {
  if (ahead.why !== null) return `look-ahead NOT TRIED: ${ahead.why}`;
  if (ahead.moments.length === 0) return "nothing was decided that could look ahead";
  return `${count(ahead.moments.length, "decision")} with the future hidden ${standsUp(ahead) ? "stand" : "DO NOT STAND"}`;
}

/** The cells side by side; a row that one side lacks as a whole. */
function differenceLines({ table, variant, about, cells }: RowDifference): string[] {
  const head = `  ${table === "days" ? "day" : table.slice(0, -1)} of ${variant}, ${about}:`;
  if (cells.every(({ run }) => run === null)) return [`${head} only the reference has it: ${cells.map(({ reference }) => reference).join(",")}`];
  if (cells.every(({ reference }) => reference === null)) return [`${head} only the run has it: ${cells.map(({ run }) => run).join(",")}`];
  return cells.map(({ column, run, reference }) => `${head} ${column} is ${run} in the run, ${reference} by the reference`);
}

export function verdictLines(found: Verification): string[] {
  return [...found.problems.map((problem) => `Problem      ${problem}`), `Seed         ${found.seed}`, `Verdict      ${verdictWords(found)}`];
}
