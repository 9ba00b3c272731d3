/** Legs of other expiries, futures, and the size of an order. */
import { BEYOND, golden } from "./golden.ts";

const SPOT = ["11:00:00 p50000"];
const FRESH = "fill: { ttl: 2000 }";
const LEGS = (legs: string, more = FRESH) => `
      entry: { legs: [${legs}] }
      ${more}`;

golden(`${BEYOND}: legs of other expiries`, [
  {
    says: "A leg may have `expiry` […] of its own; its lot size is that of its own contract",
    // The weekly 2024-08-21 has lots of 15, the monthly 2024-08-28 too; the trade carries its own expiry.
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101"], "banknifty24aug50000ce": ["10:59:00 299/301"] }, strategy: LEGS("{ cp: CE, lots: -1 }, { cp: CE, lots: 1, expiry: monthly }"), show: ["expiry"],
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 101.00 window_end expiry=2024-08-21", "50000 CE BUY 15 11:00:00>11:00:01 301.00 11:20:00>11:20:01 299.00 window_end expiry=2024-08-28"],
  },
  {
    says: "Spot and ATM stay those of the universe's expiry; the leg's strike is looked for (and widened) among the contracts listed for its own expiry",
    // ATM is 50000; the monthly lists 49900 and 50100, at the same distance: a tie goes to the nearer to spot, then lower.
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101"], "banknifty24aug50100ce": ["10:59:00 299/301"], "banknifty24aug49900ce": ["10:59:00 399/401"] }, strategy: LEGS("{ cp: CE, lots: 1, expiry: next }"),
    trades: ["49900 CE BUY 15 11:00:00>11:00:01 401.00 11:20:00>11:20:01 399.00 window_end"],
  },
  {
    says: "{strike} and {premium} are looked for among the leg's own contracts",
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101"], "banknifty24aug50100ce": ["10:59:00 299/301"], "banknifty24aug50500ce": ["10:59:00 99/101"] },
    strategy: LEGS("{ cp: CE, lots: 1, expiry: next, strike: { premium: 100 } }, { cp: CE, lots: 1, expiry: 2024-08-28, strike: { strike: 50100 } }"), show: ["expiry"],
    trades: ["50500 CE BUY 15 11:00:00>11:00:01 101.00 11:20:00>11:20:01 99.00 window_end expiry=2024-08-28", "50100 CE BUY 15 11:00:00>11:00:01 301.00 11:20:00>11:20:01 299.00 window_end expiry=2024-08-28"],
  },
  { says: "A date on which a leg's expiry has no rows is not run (`no_expiry`)", spot: SPOT, rows: { "50000CE": ["10:59:00 99/101"] }, strategy: LEGS("{ cp: CE, lots: 1, expiry: next }"), notRun: ["2024-08-20 no_expiry"] },
  {
    says: "a leg that names the universe's expiry is of the same contracts",
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101"] }, strategy: LEGS("{ cp: CE, lots: 1, expiry: weekly }"), trades: ["50000 CE BUY 15 11:00:00>11:00:01 101.00 11:20:00>11:20:01 99.00 window_end"],
  },
]);

const FUTURE = ["10:59:00 50019/50021", "11:10:00 50119/50121"];

golden(`${BEYOND}: futures`, [
  {
    says: "`cp: FUT` is the nearest future; its trades have an empty strike; of a continuous series: the next monthly expiry of the calendar",
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101"], banknifty_futures: FUTURE }, strategy: LEGS("{ cp: CE, lots: -1 }, { cp: FUT, lots: 1 }"), show: ["expiry", "leg_id"],
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 101.00 window_end expiry=2024-08-21 leg_id=1", " FUT BUY 15 11:00:00>11:00:01 50021.00 11:20:00>11:20:01 50119.00 window_end expiry=2024-08-28 leg_id=2"],
  },
  {
    says: "A date without it: `no_contract`",
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101"] }, strategy: LEGS("{ cp: CE, lots: -1 }, { cp: FUT, lots: 1 }"), skips: ["11:00:00 1 no_contract"],
  },
  {
    says: "`leg:n` may be such a leg; Greeks of it are missing",
    // Its mid passes 50100 at 11:10; its delta is unknown and never acts.
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101"], banknifty_futures: FUTURE }, strategy: `
      ${LEGS("{ cp: CE, lots: -1 }, { cp: FUT, lots: 1 }").trim()}
      exit: { when: { any: [{ gte: [{ metric: MID, args: { of: "leg:2" } }, 50100] }, { ne: [{ metric: DELTA, args: { of: "leg:2" } }, 5] }] } }`,
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:10:00>11:10:01 101.00 exit_when", " FUT BUY 15 11:00:00>11:00:01 50021.00 11:10:00>11:10:01 50119.00 exit_when"],
  },
  {
    says: "its own stop, target and waiting are those of any leg",
    // 0.1 % of 50020 is 50.02: the mid of 50120 at 11:10 is beyond; sold at its bid.
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101"], banknifty_futures: [...FUTURE, "11:15:00 50148/50150"] }, strategy: LEGS("{ cp: CE, lots: -1 }, { cp: FUT, lots: -1, wait: { pct: 0.1 }, stop_loss: { points: 31 } }"),
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 101.00 window_end", " FUT SELL 15 11:10:00>11:10:01 50119.00 11:15:00>11:15:01 50150.00 leg_stop_loss"],
  },
  {
    says: "its costs the futures schedule: brokerage, exchange charge, SEBI fee, STT on the sale, stamp duty on the purchase, GST",
    // 2024-08-20. Bought 50021 × 15 = 750,315: 20 + 14.26 (0.0019 %) + 0.75 (0.0001 %) + 15.01 (0.002 %) + 6.30 (18 % of 35.01) = 56.32.
    // Sold 50119 × 15 = 751,785: 20 + 14.28 + 0.75 + 93.97 (0.0125 %) + 6.31 (18 % of 35.03) = 135.31.
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101"], banknifty_futures: FUTURE }, strategy: `
      entry: { legs: [{ cp: FUT, lots: 1 }] }
      costs: { preset: nse }
      ${FRESH}`, show: ["fees"],
    trades: [" FUT BUY 15 11:00:00>11:00:01 50021.00 11:20:00>11:20:01 50119.00 window_end fees=191.63"],
  },
  {
    says: "Σ mark × |lots| over the position's legs, futures legs left out",
    // The call's premium falls by 20 at 11:05; the future's price has no part in it.
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101", "11:05:00 77/79"], banknifty_futures: FUTURE }, strategy: `
      entry: { legs: [{ cp: FUT, lots: 1 }, { cp: CE, lots: -1 }] }
      exit: { premium: { fall: { pct: 20 } } }
      ${FRESH}`,
    trades: [" FUT BUY 15 11:00:00>11:00:01 50021.00 11:05:00>11:05:01 50019.00 premium_fall", "50000 CE SELL 15 11:00:00>11:00:01 99.00 11:05:00>11:05:01 79.00 premium_fall"],
  },
]);

const GREEKS = {
  "50000CE": ["10:59:00 99/101 delta=0.52 theta=-30 iv=14.5", "11:05:00 99/101 delta=0.31 theta=-30 iv=16"],
  "50100CE": ["10:59:00 69/71 delta=0.26 theta=-50 iv=15"],
  "50200CE": ["10:59:00 49/51 delta=0.2 theta=-41 iv=15"],
};

golden(`${BEYOND}: greeks of the data`, [
  {
    says: "`data` takes […] the selectors by delta and theta from the columns of the contract's latest row",
    spot: SPOT, rows: GREEKS, strategy: `
      universe: { symbol: BANKNIFTY, greeks: data }
      ${LEGS("{ cp: CE, lots: 1, strike: { delta: 0.25 } }, { cp: CE, lots: -1, strike: { theta: max, within: 2 } }").trim()}`,
    trades: ["50100 CE BUY 15 11:00:00>11:00:01 71.00 11:20:00>11:20:01 69.00 window_end", "50100 CE SELL 15 11:00:00>11:00:01 69.00 11:20:00>11:20:01 71.00 window_end"],
  },
  {
    says: "`data` takes IV, DELTA, GAMMA, THETA and VEGA […] as they stand there",
    spot: SPOT, rows: GREEKS, strategy: `
      universe: { symbol: BANKNIFTY, greeks: data }
      ${LEGS("{ cp: CE, lots: 1 }").trim()}
      exit: { when: { all: [{ eq: [{ metric: DELTA, args: { of: "leg:1" } }, 0.31] }, { eq: [{ metric: IV, args: { of: "leg:1" } }, 16] }, { eq: [{ metric: THETA, args: { of: "leg:1" } }, -30] }] } }`,
    trades: ["50000 CE BUY 15 11:00:00>11:00:01 101.00 11:05:00>11:05:01 99.00 exit_when"],
  },
  {
    says: "Data without such columns are refused",
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101"] }, strategy: `
      universe: { symbol: BANKNIFTY, greeks: data }
      ${LEGS("{ cp: CE, lots: 1, strike: { delta: 0.25 } }").trim()}`,
    productAlone: true, notRun: ["2024-08-20 unreadable"],
  },
]);

golden(`${BEYOND}: the size of an order`, [
  {
    says: "`fill.max_share`: an order takes at most this share of the quantity that stands on the side it takes, of level 1",
    // 15 units sold: half of 29 is 14.5, so 14; half of 30 is 15.
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101 bq0=29", "11:00:05 97/103 bq0=30", "11:20:00 89/91 sq0=30"] }, strategy: LEGS("{ cp: CE, lots: -1 }", "fill: { max_share: 0.5 }"),
    trades: ["50000 CE SELL 15 11:00:00>11:00:05 97.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "entries and exits alike",
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101 bq0=30", "11:20:00 89/91 sq0=29", "11:20:03 87/93 sq0=30"] }, strategy: LEGS("{ cp: CE, lots: -1 }", "fill: { max_share: 0.5 }"),
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:03 93.00 window_end"],
  },
  {
    says: "a missing quantity counts 0",
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101 q-"] }, strategy: LEGS("{ cp: CE, lots: -1 }", "fill: { max_share: 1 }"), skips: ["11:00:00 1 untradeable"],
  },
  {
    says: "of every level for `depth`: half of 16 at 99 and 7 of half of 20 at 98",
    // (8 · 9900 + 7 · 9800) / 15 = 9853.33, sold: 98.53.
    spot: SPOT, rows: { "50000CE": ["10:59:59 99/101 bq0=16 bp1=98 bq1=20", "11:20:00 89/91 sq0=30"] }, strategy: LEGS("{ cp: CE, lots: -1 }", "fill: { model: depth, max_share: 0.5 }"),
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 98.53 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "`fill.slice: freeze`: an order of more than the freeze quantity goes in as ⌈quantity ÷ freeze⌉ orders; `per_order` is paid for each",
    // The freeze quantity of BANKNIFTY on 2024-08-20 is 900: 61 lots are 915 units, two orders each way.
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101"] }, show: ["fees"], strategy: `
      entry: { legs: [{ cp: CE, lots: -61 }] }
      costs: { per_order: 20 }
      fill: { ttl: 2000, slice: freeze }`,
    trades: ["50000 CE SELL 915 11:00:00>11:00:01 99.00 11:20:00>11:20:01 101.00 window_end fees=80.00"],
  },
  {
    says: "an order of the freeze quantity itself is one",
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101"] }, show: ["fees"], strategy: `
      entry: { legs: [{ cp: CE, lots: -60 }] }
      costs: { per_order: 20 }
      fill: { ttl: 2000, slice: freeze }`,
    trades: ["50000 CE SELL 900 11:00:00>11:00:01 99.00 11:20:00>11:20:01 101.00 window_end fees=40.00"],
  },
]);
