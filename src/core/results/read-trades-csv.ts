/** trades.csv back into columns: files of this page, of the command line, and what others write in the same form. */
import { formatRupees, parsePaise, PRICE_LIMIT } from "../money.ts";
import { parseClock, parseIsoDate } from "../time.ts";
import { csvCells } from "./csv-cell.ts";
import type { TradeLabels } from "./labels.ts";
import { blankTrade, createTradeBuilder } from "./trade-builder.ts";
import { TRADE_FIELDS, type TradeField } from "./trade-text.ts";
import { ENTRY_REASONS, EXIT_REASONS, LEG_KINDS, SIDES, TRADE_FLAGS, type TradeColumns } from "./types.ts";

export interface ReadTrades {
  /** In the order of semantics §6. */
  readonly trades: TradeColumns;
  readonly labels: TradeLabels;
}

/** What is wrong with a file of trades: line, column, what was found, what is allowed. */
export class TradesCsvError extends Error {
  override readonly name = "TradesCsvError";
}

/** The columns of whole numbers have 32 bits. */
const MOST_WHOLE = 2 ** 31 - 1;
const NEEDED: readonly TradeField[] = TRADE_FIELDS.filter((name) => name !== "pnl_after_costs");

/** Throws TradesCsvError. */
export function readTradesCsv(text: string): ReadTrades {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const header = csvCells(lines[0]);
  const missing = NEEDED.filter((name) => !header.includes(name));
  if (missing.length > 0) throw new TradesCsvError(`The first line has no ${missing.join(", ")}. A file of trades begins with the names of its columns, as trades.csv of a run does.`);
  const rows = lines.slice(1).flatMap((line, i) => (line === "" ? [] : [new TradeLine(i + 2, header, csvCells(line))]));
  const variants = [...new Set(rows.map((row) => row.text("variant")))].sort((a, b) => numberOf(a) - numberOf(b));
  const symbols = variants.map((name) => rows.find((row) => row.text("variant") === name)?.text("symbol") ?? "");
  const records = rows.map((row) => row.record(variants)).sort((a, b) => a.variant - b.variant || a.date - b.date || a.tsEntry - b.tsEntry || a.positionId - b.positionId || a.legId - b.legId);
  const builder = createTradeBuilder();
  for (const record of records) builder.push(record);
  return { trades: builder.finish(), labels: { variants, symbols } };
}

/** `v12` → 12; names of another form come last. */
function numberOf(variant: string): number {
  return /^v\d+$/.test(variant) ? Number(variant.slice(1)) : Number.MAX_SAFE_INTEGER;
}

class TradeLine {
  constructor(
    private readonly line: number,
    private readonly header: readonly string[],
    private readonly cells: readonly string[],
  ) {}

  text(name: TradeField): string {
    return this.cells[this.header.indexOf(name)] ?? this.refuse(name, "a value");
  }

  record(variants: readonly string[]) {
    const [decisionEntry, tsEntry, decisionExit, tsExit] = (["decision_entry", "ts_entry", "decision_exit", "ts_exit"] as const).map((name) => this.clock(name));
    return {
      ...blankTrade(),
      variant: variants.indexOf(this.text("variant")),
      date: this.date("date"), expiry: this.date("expiry"),
      positionId: this.whole("position_id"), legId: this.whole("leg_id"), lots: this.whole("lots"), qty: this.whole("qty"), windowId: this.whole("window_id"),
      // A future has no strike.
      strike: this.text("cp") === "FUT" && this.text("strike") === "" ? NaN : this.number("strike"),
      cp: this.code("cp", LEG_KINDS), side: this.code("side", SIDES), reasonEntry: this.code("reason_entry", ENTRY_REASONS), reasonExit: this.code("reason_exit", EXIT_REASONS),
      decisionEntry, tsEntry, decisionExit, tsExit,
      entryPx: this.price("entry_px"), exitPx: this.price("exit_px"), slippage: this.paise("slippage"), fees: this.paise("fees"), pnl: this.paise("pnl"),
      flags: this.text("flags").split("|").reduce((bits, flag) => (flag === "" ? bits : bits | (1 << this.place(flag, TRADE_FLAGS, "flags"))), 0),
    };
  }

  private date(name: TradeField): number {
    return parseIsoDate(this.text(name)) ?? this.refuse(name, "a date as YYYY-MM-DD");
  }

  /** `YYYY-MM-DD HH:MM:SS`, of which the date is that of the trade. */
  private clock(name: TradeField): number {
    return parseClock(this.text(name).slice(-8)) ?? this.refuse(name, "a moment as YYYY-MM-DD HH:MM:SS");
  }

  private number(name: TradeField): number {
    const value = Number(this.text(name) || Number.NaN);
    return Number.isFinite(value) ? value : this.refuse(name, "a number");
  }

  private whole(name: TradeField): number {
    const value = this.number(name);
    return Number.isInteger(value) && Math.abs(value) <= MOST_WHOLE ? value : this.refuse(name, `a whole number up to ${MOST_WHOLE}`);
  }

  private price(name: TradeField): number {
    const paise = this.paise(name);
    return paise >= 0 && paise < PRICE_LIMIT ? paise : this.refuse(name, `rupees below ${formatRupees(PRICE_LIMIT)}`);
  }

  private paise(name: TradeField): number {
    return parsePaise(this.text(name)) ?? this.refuse(name, "rupees with at most two decimals");
  }

  private code(name: TradeField, allowed: readonly string[]): number {
    return this.place(this.text(name), allowed, name);
  }

  private place(word: string, allowed: readonly string[], name: TradeField): number {
    const place = allowed.indexOf(word);
    return place < 0 ? this.refuse(name, allowed.join(", ")) : place;
  }

  private refuse(name: TradeField, allowed: string): never {
    throw new TradesCsvError(`Line ${this.line}: ${name} is “${this.cells[this.header.indexOf(name)] ?? ""}”; allowed: ${allowed}.`);
  }
}
