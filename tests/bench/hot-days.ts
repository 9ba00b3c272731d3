/** Made-up days in memory, so that what is measured is the engine alone: spot and a book every second near the money. */
import { defaultRules } from "../../src/core/market/rules.ts";
import { noQuality, type Slice } from "../../src/core/grid/slice.ts";
import { contractKey, type ContractId } from "../../src/core/market/contract-id.ts";
import { dayPath, sampleDays, type DayPath, type SampleDay } from "../../src/core/sample/market.ts";
import { optionPrice } from "../../src/core/sample/option-price.ts";
import { Random } from "../../src/core/sample/random.ts";
import { dayNumber, SECONDS_PER_DAY } from "../../src/core/time.ts";
import type { DayData } from "../../src/core/engine/ports.ts";
import { memoryDay } from "../support/memory-day.ts";

const SYMBOL = "BANKNIFTY";
const SEED = 11;
const STEP = 100;
/** Strikes that are listed on each side of everything that spot touches. */
const STRIKES_BEYOND = 3;
/** A second without a row is as rare as in data near the money. */
const QUIET = 0.05;
const TICK = 5;

/** The first `count` trading days from June 2024 on. */
export function hotDays(count: number): readonly DayData[] {
  return sampleDays(defaultRules, SYMBOL, dayNumber("2024-06-03"), count, 1, SEED).map(hotDay);
}

/** Contracts are made when the engine asks for them, and kept. */
function hotDay(day: SampleDay): DayData {
  const path = dayPath(day, SYMBOL, SEED);
  const lowest = Math.floor(Math.min(...path.spot) / STEP) - STRIKES_BEYOND;
  const highest = Math.ceil(Math.max(...path.spot) / STEP) + STRIKES_BEYOND;
  const strikes = Array.from({ length: highest - lowest + 1 }, (_, i) => (lowest + i) * STEP);
  const expiry = day.expiries[0].date;
  const slices = new Map<string, Slice>();
  const sliceOf = (id: ContractId): Slice => {
    const known = slices.get(contractKey(id)) ?? contractSlice(day, path, id);
    slices.set(contractKey(id), known);
    return known;
  };
  // Answered as from an index: what is measured is the engine.
  const named = strikes.map((strike) => ({ strike, ce: true, pe: true }));
  return { ...memoryDay({ date: day.date, spot: spotSlice(day, path), contracts: [] }), expiries: async () => [expiry], strikes: async () => named, load: async (wanted) => wanted.map(sliceOf) };
}

function spotSlice({ session }: SampleDay, { spot }: DayPath): Slice {
  const second = Int32Array.from(spot, (_, s) => session.open + s);
  const price = Int32Array.from(spot, (rupees) => Math.round(rupees * 100));
  const none = new Int32Array(spot.length);
  return { length: spot.length, second, price, priceSecond: second, bid: none, ask: none, fields: new Map(), quality: noQuality() };
}

function contractSlice({ date, session }: SampleDay, { spot, volatility }: DayPath, { expiry, strike, cp }: ContractId): Slice {
  const random = new Random(SEED, date, strike, cp);
  const [second, price, bid, ask] = Array.from({ length: 4 }, () => new Int32Array(spot.length));
  const volume = new Float64Array(spot.length);
  const close = (expiry - date) * SECONDS_PER_DAY + session.close - session.open;
  let rows = 0;
  let traded = 0;
  for (let s = 0; s < spot.length; s++) {
    if (random.chance(QUIET)) continue;
    const fair = optionPrice(spot[s], strike, close - s, volatility[s], cp) * 100;
    const half = 20 + fair * 0.002;
    traded += random.integer(0, 40) * 15;
    second[rows] = session.open + s;
    bid[rows] = Math.max(1, Math.floor((fair - half) / TICK)) * TICK;
    ask[rows] = Math.max(bid[rows] + TICK, Math.ceil((fair + half) / TICK) * TICK);
    price[rows] = random.chance(0.5) ? bid[rows] : ask[rows];
    volume[rows++] = traded;
  }
  const seconds = second.slice(0, rows);
  return {
    length: rows, second: seconds, price: price.slice(0, rows), priceSecond: seconds, bid: bid.slice(0, rows), ask: ask.slice(0, rows),
    fields: new Map([["volume", volume.slice(0, rows)]]), quality: noQuality(),
  };
}
