/** Data health by the words of docs/data-health.md, in the most obvious code: a list of rows, a list of seconds. */
import type { RowFlag } from "../../../../src/core/quality/row-quality.ts";
import type { Session } from "../../../../src/core/market/types.ts";

export interface SlowRow {
  /** Second of the day with its fraction; null: neither clock can be used. */
  readonly at: number | null;
  readonly fromTs: boolean;
  /** Rupees; null: missing. */
  readonly price: number | null;
  readonly bid: number | null;
  readonly ask: number | null;
  readonly volume: number | null;
}

const paise = (rupees: number | null): number => (rupees !== null && Number.isFinite(rupees) && rupees > 0 ? Math.round(rupees * 100) : 0);
const offTick = (rupees: number | null): boolean => rupees !== null && Number.isFinite(rupees) && rupees > 0 && Math.abs(rupees * 20 - Math.round(rupees * 20)) > 1e-6;

export function slowFlags(rows: readonly SlowRow[], { open, close, breaks }: Session): { readonly row: SlowRow; readonly flags: ReadonlySet<RowFlag> }[] {
  const marked = rows.map((row, place) => {
    const flags = new Set<RowFlag>();
    const before = rows.slice(0, place).findLast(({ at }) => at !== null);
    if (row.at !== null && before && before.at! > row.at) flags.add("out_of_order");
    if (row.fromTs) flags.add("clock_from_ts");
    const [bid, ask] = [paise(row.bid), paise(row.ask)];
    if (bid === 0 || ask === 0) flags.add("one_sided");
    else if (bid > ask) flags.add("crossed");
    else if (bid === ask) flags.add("locked");
    if (row.price === 0) flags.add("zero_price");
    else if (paise(row.price) === 0) flags.add("bad_price");
    if (offTick(row.price) || offTick(row.bid) || offTick(row.ask)) flags.add("off_tick");
    return { row, place, flags };
  });
  const ordered = marked.filter(({ row }) => row.at !== null).sort((a, b) => a.row.at! - b.row.at! || a.place - b.place);
  let last: number | undefined;
  for (const { row, flags } of ordered) {
    const second = Math.floor(row.at!);
    if (second < open || second >= close || breaks.some(([from, to]) => second >= from && second < to)) {
      flags.add("out_of_session");
      for (const flag of ["crossed", "locked", "one_sided", "zero_price", "bad_price", "off_tick"] as const) flags.delete(flag);
    }
    if (row.volume === null || row.volume < 0) continue;
    if (last !== undefined && row.volume < last) flags.add("volume_falls");
    last = row.volume;
  }
  return ordered;
}

export function slowMeasures(rows: readonly SlowRow[], session: Session) {
  const inside = slowFlags(rows, session).filter(({ flags }) => !flags.has("out_of_session"));
  const valid = inside.filter(({ flags }) => !flags.has("one_sided") && !flags.has("crossed") && !flags.has("locked"));
  const seconds = Array.from({ length: session.close - session.open }, (_, s) => s + session.open).filter((second) => !session.breaks.some(([from, to]) => second >= from && second < to));
  const withRow = new Set(inside.map(({ row }) => Math.floor(row.at!)));
  const stretches: number[] = [];
  let stretch = 0;
  let previous = session.open - 1;
  for (const second of seconds) {
    if (second !== previous + 1 || withRow.has(second)) {
      stretches.push(stretch);
      stretch = 0;
    }
    if (!withRow.has(second)) stretch++;
    previous = second;
  }
  stretches.push(stretch);
  const ages = seconds.map((second) => {
    const quote = valid.findLast(({ row }) => Math.floor(row.at!) <= second);
    return quote ? second - Math.floor(quote.row.at!) : undefined;
  });
  const gaps = stretches.filter((length) => length > 60);
  return {
    rows: slowFlags(rows, session).length,
    inSession: inside.length,
    missingSeconds: seconds.filter((second) => !withRow.has(second)).length,
    sessionSeconds: seconds.length,
    gaps: gaps.length,
    gapSeconds: gaps.reduce((sum, length) => sum + length, 0),
    longestGap: Math.max(...stretches),
    staleSeconds: ages.filter((age) => age !== undefined && age > 30).length,
    unquotedSeconds: ages.filter((age) => age === undefined).length,
    ages: [[0, 0], [1, 1], [2, 2], [3, 3], [4, 5], [6, 10], [11, 30], [31, 60], [61, 300], [301, Infinity]].map(([from, to]) => ages.filter((age) => age !== undefined && age >= from && age <= to).length),
    spreads: [[1, 1], [2, 2], [3, 3], [4, 5], [6, 10], [11, 20], [21, 50], [51, 100], [101, Infinity]].map(([from, to]) => valid.filter(({ row }) => {
      const ticks = Math.ceil((paise(row.ask) - paise(row.bid)) / 5);
      return ticks >= from && ticks <= to;
    }).length),
  };
}
