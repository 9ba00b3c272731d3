import type { ColumnMapping } from "./catalogue/types.ts";
import type { FooterColumn } from "./ports.ts";

const LEVELS = [0, 1, 2, 3, 4];

/** The 52 columns of semantics §1, in the order of the user's files. */
export const CANONICAL_COLUMNS: readonly string[] = [
  ..."timestamp price qty avgPrice volume bQty sQty open high low close changeper lastTradeTime oi oiHigh oiLow".split(" "),
  ...LEVELS.flatMap((n) => [`bq${n}`, `bp${n}`, `bo${n}`]),
  ...LEVELS.flatMap((n) => [`sq${n}`, `sp${n}`, `so${n}`]),
  ..."ts symbol opt_type strike year month".split(" "),
];

/** Columns that only other layouts have. `date` and `time` together are a clock. */
const OTHER_COLUMNS = ["expiry", "vol_delta", "date", "time", "iv", "delta", "gamma", "theta", "vega"];

/** Other names for a column, best first, as `plain` writes them. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  timestamp: ["datetime", "exchangetimestamp", "ticktime", "timestampist"],
  price: ["ltp", "lastprice", "last", "lasttradedprice", "lp"],
  qty: ["ltq", "lastqty", "lastquantity", "lasttradedqty", "lasttradedquantity"],
  avgPrice: ["averageprice", "averagetradedprice", "atp"],
  volume: ["vol", "volumetraded", "totalvolume", "cumvolume", "ttq"],
  bQty: ["totalbuyqty", "totalbuyquantity", "tbq"],
  sQty: ["totalsellqty", "totalsellquantity", "tsq"],
  changeper: ["changepercent", "pctchange"],
  lastTradeTime: ["ltt", "lasttradedtime"],
  oi: ["openinterest"],
  oiHigh: ["oidayhigh"],
  oiLow: ["oidaylow"],
  bp0: ["bid", "bestbid", "bidprice", "bestbidprice", "bidpx"],
  bq0: ["bidqty", "bidquantity", "bidsize", "bestbidqty", "bestbidquantity", "bestbidsize"],
  bo0: ["bidorders"],
  sp0: ["ask", "bestask", "askprice", "bestaskprice", "askpx", "offer", "bestoffer", "offerprice"],
  sq0: ["askqty", "askquantity", "asksize", "bestaskqty", "bestaskquantity", "bestasksize", "offerqty"],
  so0: ["askorders"],
  ts: ["ingesttime", "receivedat", "recvtime"],
  symbol: ["underlying", "name", "tradingsymbol"],
  opt_type: ["cp", "optiontype", "opttype", "side", "right", "callput", "type", "instrumenttype"],
  strike: ["strikeprice"],
  expiry: ["exp", "expirydate", "expdate", "expiration", "expirationdate", "maturity"],
  vol_delta: ["volumedelta"],
  date: ["tradedate"],
  iv: ["impliedvolatility", "impliedvol"],
};

/** `bid_price1`, `askQty_3`, `sell_orders5`: side, what, level. */
const LEVEL_NAME = /^(bid|buy|ask|sell|offer)(price|px|qty|quantity|size|orders)([0-5])$/;

/** Which column of a file stands for which of the known ones. */
export interface ColumnMap {
  /** Known name → the file's own name. */
  readonly source: ReadonlyMap<string, string>;
  /** The file's own name → known name, only where they differ: what the user is shown. */
  readonly mapping: ColumnMapping;
  /** What a file must have and this one has not, in words. */
  readonly missing: readonly string[];
  /** It has open, high, low and close, and neither a last price nor a quote: bars, if its rows are spaced like bars (semantics §1.8). */
  readonly mayBeBars: boolean;
}

/** Finds the known columns among those of a file, whatever their order, case or common alias. The rest is ignored. */
export function mapColumns(columns: readonly FooterColumn[]): ColumnMap {
  const source = new Map<string, string>();
  const byPlain = new Map<string, string>();
  for (const { name } of columns) if (!byPlain.has(plain(name))) byPlain.set(plain(name), name);
  const exact = new Set(columns.map(({ name }) => name));
  for (const known of [...CANONICAL_COLUMNS, ...OTHER_COLUMNS]) {
    const own = exact.has(known) ? known : [plain(known), ...(ALIASES[known] ?? [])].map((alias) => byPlain.get(alias)).find((name) => name !== undefined);
    if (own !== undefined) source.set(known, own);
  }
  for (const [known, own] of levelColumns(columns)) if (!source.has(known)) source.set(known, own);
  const mapping: Record<string, string> = {};
  for (const [known, own] of source) if (own !== known) mapping[own] = known;
  const has = (name: string): boolean => source.has(name);
  const hasQuote = has("bp0") && has("sp0");
  const missing: string[] = [];
  if (!has("timestamp") && !has("ts") && !has("lastTradeTime") && !has("date")) missing.push("a clock (timestamp, datetime, ts, or date and time)");
  if (!has("price") && !has("close") && !hasQuote) missing.push("a price (price, ltp, close) or a quote (bp0 and sp0, bid and ask)");
  return { source, mapping, missing, mayBeBars: !has("price") && !hasQuote && ["open", "high", "low", "close"].every(has) };
}

/** Book levels by vendors' names, which count from 0 or from 1. */
function levelColumns(columns: readonly FooterColumn[]): [known: string, own: string][] {
  const found = columns.flatMap(({ name }) => {
    const match = LEVEL_NAME.exec(plain(name));
    if (!match) return [];
    const side = match[1] === "bid" || match[1] === "buy" ? "b" : "s";
    const what = match[2] === "orders" ? "o" : match[2] === "price" || match[2] === "px" ? "p" : "q";
    return [{ stem: side + what, level: Number(match[3]), name }];
  });
  const first = found.some(({ level }) => level === 0) ? 0 : 1;
  return found.filter(({ level }) => level - first < LEVELS.length).map(({ stem, level, name }) => [`${stem}${level - first}`, name]);
}

/** Lower case, without what separates words. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}
