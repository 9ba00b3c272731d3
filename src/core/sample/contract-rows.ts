import { SECONDS_PER_DAY, type Second } from "../time.ts";
import type { OptionSide } from "../market/types.ts";
import { type Cadence, untilNextRow } from "./cadence.ts";
import { type DayPath, type SampleDay, inBreak } from "./market.ts";
import { forwardPrice, optionPrice } from "./option-price.ts";
import type { Random } from "./random.ts";
import { askColumn, bidColumn, BOOK_LEVELS, COL, Rows } from "./rows.ts";

/** One instrument on one day, with everything that its rows depend on. */
export interface InstrumentDay {
  readonly day: SampleDay;
  readonly path: DayPath;
  /** Absent for a future. */
  readonly option?: { readonly strike: number; readonly cp: OptionSide };
  /** The close of the expiry day, seconds since 1970 in IST digits. */
  readonly expiryClose: number;
  readonly lot: number;
  readonly step: number;
  readonly cadence: Cadence;
  /** Rows carry milliseconds; several may fall into one second. */
  readonly subSecond: boolean;
  /** Last second with rows, when the day ends early. */
  readonly until?: Second;
}

const PRE_OPEN_ROWS = 3;
const OI_INTERVAL = 180;

/** Rupees of a whole number of ticks: the same double as the decimal that a vendor writes. */
const rupees = (ticks: number): number => (ticks * 5) / 100;

/** Clean snapshots of one day, pre-open and after-close rows included; quirks are worked in afterwards. */
export function instrumentRows(input: InstrumentDay, random: Random): Rows {
  const { day, path, option, step, cadence } = input;
  const { open, close } = day.session;
  const last = Math.min(close - 1, input.until ?? close - 1);
  const rows = new Rows(capacityFor(input, close - open));
  const state = new DayState(input, random);

  for (let n = 0; n < PRE_OPEN_ROWS; n++) state.preOpen(rows, open - 300 + 90 * n + random.integer(0, 60));
  let second = open + (option ? random.integer(0, Math.max(0, Math.round(cadence.near) - 1)) : 0);
  while (second <= last) {
    const steps = option ? Math.abs(option.strike - path.spot[second - open]) / step : 0;
    if (!inBreak(day.session, second)) {
      state.snapshot(rows, second);
      if (input.subSecond && steps < cadence.nearSteps && random.chance(0.15)) state.snapshot(rows, second);
    }
    second += untilNextRow(cadence, random, second - open, steps);
  }
  if (last === close - 1) {
    state.snapshot(rows, close);
    state.snapshot(rows, close + random.integer(1, 40));
    state.snapshot(rows, close + random.integer(60, 180));
  }
  return rows;
}

function capacityFor(input: InstrumentDay, seconds: number): number {
  const most = Math.ceil((seconds / Math.max(1, Math.floor(input.cadence.near))) * (input.subSecond ? 1.4 : 1.05));
  return most + PRE_OPEN_ROWS + 8;
}

/** What one instrument's book and day figures are, from snapshot to snapshot. */
class DayState {
  private readonly midnight: number;
  private readonly bidQty = new Int32Array(BOOK_LEVELS);
  private readonly askQty = new Int32Array(BOOK_LEVELS);
  private readonly bidGap = new Int32Array(BOOK_LEVELS);
  private readonly askGap = new Int32Array(BOOK_LEVELS);
  private readonly previousClose: number;
  private readonly staleTrade: number;
  private readonly firstTrade: Second;
  private readonly liquidity: number;
  private previousMs = -1;
  private noise = 0;
  private deepBid: number;
  private deepAsk: number;
  private price = 0;
  private qty = 0;
  private lastTrade: number;
  private volume = 0;
  private turnover = 0;
  private high = 0;
  private low = 0;
  private dayOpen = 0;
  private oi: number;
  private oiHigh: number;
  private oiLow: number;
  private nextOi: Second;

  constructor(private readonly input: InstrumentDay, private readonly random: Random) {
    const { day, option, lot, step } = input;
    this.midnight = day.date * SECONDS_PER_DAY;
    const steps = option ? Math.abs(option.strike - day.open) / step : 0;
    this.liquidity = 1 / (1 + steps / 4);
    const yesterday = input.expiryClose - (day.previousDate * SECONDS_PER_DAY + day.session.close);
    this.previousClose = rupees(Math.max(1, Math.round(this.fair(day.previousClose, yesterday, day.volatility) * 20)));
    this.staleTrade = (day.previousDate * SECONDS_PER_DAY + day.session.close - random.integer(1, 3000) * (steps > 8 ? 20 : 1)) * 1000;
    this.lastTrade = this.staleTrade;
    this.qty = lot * random.integer(1, 20);
    this.firstTrade = day.session.open + Math.floor(random.next() * (steps > 4 ? 120 * (steps - 4) : 1));
    for (let level = 0; level < BOOK_LEVELS; level++) this.renew(level);
    this.deepBid = lot * random.integer(200, 3000);
    this.deepAsk = lot * random.integer(200, 3000);
    this.oi = lot * Math.round((500 + 40_000 * random.next()) * this.liquidity);
    this.oiHigh = this.oi;
    this.oiLow = this.oi;
    this.nextOi = day.session.open + random.integer(20, OI_INTERVAL);
  }

  /** A row before the open: yesterday's price, an empty book. */
  preOpen(rows: Rows, second: Second): void {
    const r = this.stamp(rows, second);
    const c = rows.columns;
    c[COL.price][r] = this.previousClose;
    c[COL.qty][r] = this.qty;
    c[COL.close][r] = this.previousClose;
    c[COL.lastTradeTime][r] = this.staleTrade;
  }

  snapshot(rows: Rows, second: Second): void {
    const { random } = this;
    this.noise = 0.9 * this.noise + random.normal();
    const spotIndex = Math.min(this.input.path.spot.length - 1, second - this.input.path.open);
    const left = this.input.expiryClose - (this.midnight + second);
    const fair = this.fair(this.input.path.spot[spotIndex], left, this.input.path.volatility[spotIndex]);
    const half = 0.4 + fair * 0.024 + (1 / this.liquidity - 1) * 1.5;
    const middle = fair * 20 + this.noise * Math.min(0.6, 0.15 * half);
    const bid = Math.max(0, Math.floor(middle - half));
    const ask = Math.max(1, Math.ceil(middle + half));
    if (second >= this.firstTrade && random.chance(0.7 * this.liquidity)) this.trade(Math.max(1, random.chance(0.5) ? bid : ask), second);
    if (second >= this.nextOi) this.moveOi();
    this.write(rows, this.stamp(rows, second), bid, ask);
  }

  private fair(spot: number, secondsLeft: number, volatility: number): number {
    const forward = forwardPrice(spot, secondsLeft);
    const { option } = this.input;
    return option ? optionPrice(forward, option.strike, secondsLeft, volatility, option.cp) : forward;
  }

  /** Opens the next row with its clocks; milliseconds never run backwards here. */
  private stamp(rows: Rows, second: Second): number {
    let ms = (this.midnight + second) * 1000;
    if (this.input.subSecond) ms = Math.max(ms + this.random.integer(0, 600), Math.min(this.previousMs + 7, ms + 999));
    this.previousMs = ms;
    rows.columns[COL.timestamp][rows.length] = ms;
    rows.columns[COL.ts][rows.length] = ms;
    return rows.length++;
  }

  private trade(ticks: number, second: Second): void {
    const lots = this.random.integer(1, 1 + Math.round(40 * this.liquidity));
    this.price = rupees(ticks);
    this.qty = lots * this.input.lot;
    this.volume += this.qty;
    this.turnover += this.price * this.qty;
    this.lastTrade = (this.midnight + second) * 1000;
    if (this.dayOpen === 0) {
      this.dayOpen = this.price;
      this.low = this.price;
    }
    this.high = Math.max(this.high, this.price);
    this.low = Math.min(this.low, this.price);
  }

  private moveOi(): void {
    this.nextOi += OI_INTERVAL;
    this.oi = Math.max(0, this.oi + this.input.lot * Math.round(600 * this.liquidity * this.random.normal()));
    this.oiHigh = Math.max(this.oiHigh, this.oi);
    this.oiLow = Math.min(this.oiLow, this.oi);
  }

  private renew(level: number): void {
    const { random } = this;
    const { lot } = this.input;
    this.bidQty[level] = lot * (1 + Math.floor(random.next() * random.next() * 60));
    this.askQty[level] = lot * (1 + Math.floor(random.next() * random.next() * 60));
    this.bidGap[level] = level === 0 ? 0 : random.integer(1, level < 3 ? 3 : 8);
    this.askGap[level] = level === 0 ? 0 : random.integer(1, level < 3 ? 3 : 8);
  }

  private write(rows: Rows, r: number, bidTicks: number, askTicks: number): void {
    const c = rows.columns;
    const { random } = this;
    if (random.chance(0.6)) this.renew(random.integer(0, BOOK_LEVELS - 1));
    if (random.chance(0.1)) {
      this.deepBid = Math.max(0, this.deepBid + this.input.lot * random.integer(-20, 20));
      this.deepAsk = Math.max(0, this.deepAsk + this.input.lot * random.integer(-20, 20));
    }
    let bid = bidTicks;
    let ask = askTicks;
    let bidTotal = this.deepBid;
    let askTotal = this.deepAsk;
    for (let level = 0; level < BOOK_LEVELS; level++) {
      bid -= this.bidGap[level];
      ask += this.askGap[level];
      const b = bidColumn(level);
      if (bid > 0) {
        c[b][r] = this.bidQty[level];
        c[b + 1][r] = rupees(bid);
        c[b + 2][r] = 1 + (this.bidQty[level] / this.input.lot >> 3);
        bidTotal += this.bidQty[level];
      }
      const a = askColumn(level);
      c[a][r] = this.askQty[level];
      c[a + 1][r] = rupees(ask);
      c[a + 2][r] = 1 + (this.askQty[level] / this.input.lot >> 3);
      askTotal += this.askQty[level];
    }
    c[COL.price][r] = this.price;
    c[COL.qty][r] = this.qty;
    c[COL.avgPrice][r] = this.volume === 0 ? 0 : Math.round((this.turnover / this.volume) * 100) / 100;
    c[COL.volume][r] = this.volume;
    c[COL.bQty][r] = bidTotal;
    c[COL.sQty][r] = askTotal;
    c[COL.open][r] = this.dayOpen;
    c[COL.high][r] = this.high;
    c[COL.low][r] = this.low;
    c[COL.close][r] = this.previousClose;
    c[COL.changeper][r] = Math.round((this.price / this.previousClose - 1) * 10_000) / 100;
    c[COL.lastTradeTime][r] = this.lastTrade;
    c[COL.oi][r] = this.oi;
    c[COL.oiHigh][r] = this.oiHigh;
    c[COL.oiLow][r] = this.oiLow;
  }
}
