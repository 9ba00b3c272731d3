/** The bits of `core/quality/row-quality.ts` in SQL, as data health finds them in the kernels. */
import { ROW_QUALITY, type RowFlag } from "../../core/quality/row-quality.ts";

export interface QualityInputs {
  /** Nanoseconds; `own` is the file's first clock alone, undefined where it has no other. */
  readonly clock: string;
  readonly own: string | undefined;
  /** Rupees, undefined where the file has none. */
  readonly price: string | undefined;
  readonly bid: string | undefined;
  readonly ask: string | undefined;
  /** Whether prices have to be multiples of the tick: those of an index do not. */
  readonly ticks: boolean;
}

/** A broken field, as in `assembly/rows.ts`. */
const MOST_RUPEES = 20_000_000;
const EPSILON = 2.220446049250313e-16;

const bit = (flag: RowFlag, when: string): string => `CASE WHEN ${when} THEN ${ROW_QUALITY[flag]} ELSE 0 END`;
const paise = (rupees: string): string => `CASE WHEN ${rupees} > 0 AND ${rupees} < ${MOST_RUPEES} THEN floor(${rupees} * 100 * (1 + ${EPSILON}) + 0.5) ELSE 0 END`;
const offTick = (rupees: string): string => `(${rupees} > 0 AND ${rupees} < ${MOST_RUPEES} AND ((${paise(rupees)}) % 5 <> 0 OR abs(${rupees} * 100 - (${paise(rupees)})) > 0.01))`;

/** What can be said of a row by itself. */
export function rowQualitySql({ clock, own, price, bid, ask, ticks }: QualityInputs): string {
  const bits = [bit("bad_clock", `${clock} IS NULL`)];
  if (own !== undefined) bits.push(bit("clock_from_ts", `${own} IS NULL AND ${clock} IS NOT NULL`));
  if (price !== undefined) bits.push(bit("zero_price", `${price} = 0`), bit("bad_price", `${price} IS NULL OR (${price} <> 0 AND ${paise(price)} = 0)`));
  if (bid !== undefined && ask !== undefined) {
    const [b, a] = [`(${paise(bid)})`, `(${paise(ask)})`];
    bits.push(bit("one_sided", `${b} = 0 OR ${a} = 0`), bit("crossed", `${a} > 0 AND ${b} > ${a}`), bit("locked", `${a} > 0 AND ${b} = ${a}`));
  }
  const priced = [price, bid, ask].filter((column) => column !== undefined);
  if (ticks && priced.length > 0) bits.push(bit("off_tick", priced.map(offTick).join(" OR ")));
  return bits.join(" + ");
}

export interface ViewQuality {
  /** Make tables of the few rows that others speak against; their names are `tables`. */
  readonly statements: readonly string[];
  readonly tables: readonly string[];
  /** The rows as `r`, with what is joined to them, and their quality. */
  readonly from: string;
  readonly sql: string;
}

/**
 * What can be said of a row by other rows and by the calendar. Rows have their place in the file as `_row`, the number of the file
 * as `_file`, and of all their columns together `_hash`: rows of one file and clock count as equal where that is.
 * @param pieces the stretches of each date in which the exchange trades: date, first, beyond
 */
export function viewQuality(rows: string, pieces: string, contract: readonly string[], prefix: string): ViewQuality {
  const [late, again, falls] = ["late", "again", "falls"].map((name) => `${prefix}_${name}`);
  const own = contract.join(", ");
  const statements = [
    `CREATE TEMP TABLE ${late} AS SELECT _file, _row FROM (SELECT _file, _row, _clock, lag(_clock) OVER (PARTITION BY _file, ${own} ORDER BY _row) AS before FROM ${rows} WHERE _clock IS NOT NULL) WHERE _clock < before`,
    `CREATE TEMP TABLE ${again} AS SELECT _file, _clock, _hash, min(_row) AS first FROM ${rows} WHERE _clock IS NOT NULL GROUP BY _file, _clock, _hash HAVING count(*) > 1`,
    `CREATE TEMP TABLE ${falls} AS SELECT _file, _row FROM (SELECT _file, _row, volume, lag(volume) OVER (PARTITION BY ${own}, date ORDER BY _clock, _file, _row) AS before FROM ${rows}
      WHERE _clock IS NOT NULL AND volume >= 0 AND volume < 'inf'::DOUBLE) WHERE volume < before`,
  ];
  const found = [
    "r._quality",
    bit("out_of_session", "r._clock IS NOT NULL AND p.first IS NULL"),
    bit("out_of_order", "l._row IS NOT NULL"),
    bit("duplicate", "a.first < r._row"),
    bit("volume_falls", "v._row IS NOT NULL"),
  ];
  return {
    statements,
    tables: [late, again, falls],
    from: `${rows} r LEFT JOIN ${pieces} p ON p.date = r.date AND r.second >= p.first AND r.second < p.beyond
      LEFT JOIN ${late} l ON l._file = r._file AND l._row = r._row LEFT JOIN ${again} a ON a._file = r._file AND a._clock = r._clock AND a._hash = r._hash LEFT JOIN ${falls} v ON v._file = r._file AND v._row = r._row`,
    sql: `CAST(${found.join(" + ")} AS INTEGER)`,
  };
}
