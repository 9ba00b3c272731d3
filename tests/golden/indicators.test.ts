/** Semantics §5: indicators on bars, Greeks, and the logic of conditions. */
import { golden } from "./golden.ts";

const SPOT = ["11:00:00 p50000"];
const CALL = ["10:59:00 99/101", "11:20:00 89/91"];
const when = (condition: string) => `
      entry: { when: ${condition}, legs: [{ cp: CE, lots: -1, strike: { strike: 50000 } }] }
      fill: { ttl: 5000, patience: 30 }`;
const sold = (decided: string, filled: string) => `50000 CE SELL 15 ${decided}>${filled} 99.00 11:20:00>11:20:01 91.00 window_end`;
/** Bars of 10 s from 11:00:00 close at 50000, 50010, 50030, 50020, 50060. Before 11:00 there is no spot. */
const BARS = ["11:00:00 p50000", "11:00:12 p50010", "11:00:25 p50030", "11:00:38 p50020", "11:00:41 p50060"];
const on = (name: string, args: string, value: string) => when(`{ eq: [{ metric: ${name}, args: { bar: 10s, ${args} } }, ${value}] }`);

golden("§5 indicators", [
  {
    says: "on closes of **completed** bars, each known at the last second of its span and held until the next",
    // The second bar closes at 50010, known at 11:00:19.
    spot: BARS, rows: { "50000CE": CALL }, strategy: on("SMA", "n: 1", "50010"), trades: [sold("11:00:19", "11:00:20")],
  },
  {
    says: "leading bars without a value are not counted: SMA 3 is known with the third bar",
    // (50000 + 50010 + 50030)/3 = 50013.333…
    spot: BARS, rows: { "50000CE": CALL }, strategy: when("{ between: [{ metric: SMA, args: { n: 3, bar: 10s } }, 50013.3333, 50013.3334] }"), trades: [sold("11:00:29", "11:00:30")],
  },
  {
    says: "carried values count: bars without a row repeat the close",
    // 50000, 50000, 50000, 50030: the mean of four is 50007.5.
    spot: ["11:00:00 p50000", "11:00:35 p50030"], rows: { "50000CE": CALL }, strategy: on("SMA", "n: 4", "50007.5"), trades: [sold("11:00:39", "11:00:40")],
  },
  {
    says: "EMA seeded by the SMA of the first n",
    // n = 2: 50005; then + (50030 − 50005)·2/3 = 50021.666…; then + (50020 − 50021.67)·2/3 = 50020.555…
    spot: BARS, rows: { "50000CE": CALL }, strategy: when("{ between: [{ metric: EMA, args: { n: 2, bar: 10s } }, 50020.5555, 50020.5556] }"), trades: [sold("11:00:39", "11:00:40")],
  },
  {
    says: "`WMA`: the latest bar weighs most",
    // (50000·1 + 50010·2 + 50030·3)/6 = 50018.333…
    spot: BARS, rows: { "50000CE": CALL }, strategy: when("{ between: [{ metric: WMA, args: { n: 3, bar: 10s } }, 50018.3333, 50018.3334] }"), trades: [sold("11:00:29", "11:00:30")],
  },
  {
    says: "Wilder's RSI, which needs n+1 bars",
    // n = 2: changes 10, 20 → 100 at the third bar; then −10: gain (15 + 0)/2 = 7.5, loss 5 → 60.
    spot: BARS, rows: { "50000CE": CALL }, strategy: on("RSI", "n: 2", "60"), trades: [sold("11:00:39", "11:00:40")],
  },
  {
    says: "RSI […] 0 when nothing moved",
    spot: SPOT, rows: { "50000CE": CALL }, strategy: on("RSI", "n: 2", "0"), trades: [sold("11:00:29", "11:00:30")],
  },
  {
    says: "`ATR`: Wilder's average of true ranges, from the second bar on",
    // True ranges: bar 2: 10; bar 3: 50030 − 50010 = 20; bar 4: 50030 − 50020 = 10. n = 2: 15, then (15 + 10)/2 = 12.5.
    spot: BARS, rows: { "50000CE": CALL }, strategy: on("ATR", "n: 2", "12.5"), trades: [sold("11:00:39", "11:00:40")],
  },
  {
    says: "`BB_* {n, k 2}` with population deviation",
    // Of 50010 and 50030: mean 50020, deviation 10. Upper 50040, lower with k 1 50010.
    spot: BARS, rows: { "50000CE": CALL }, strategy: when("{ all: [{ eq: [{ metric: BB_UPPER, args: { n: 2, bar: 10s } }, 50040] }, { eq: [{ metric: BB_LOWER, args: { n: 2, k: 1, bar: 10s } }, 50010] }] }"), trades: [sold("11:00:29", "11:00:30")],
  },
  {
    says: "`MACD {fast, slow, signal, out}`",
    // fast 1, slow 2, signal 1: the third bar 50030 − (50005 + 25·2/3) = 8.333…; signal 1 is the line, hist 0.
    spot: BARS, rows: { "50000CE": CALL },
    strategy: when("{ all: [{ between: [{ metric: MACD, args: { fast: 1, slow: 2, signal: 1, bar: 10s } }, 8.3333, 8.3334] }, { eq: [{ metric: MACD, args: { fast: 1, slow: 2, signal: 1, out: hist, bar: 10s } }, 0] }] }"), trades: [sold("11:00:29", "11:00:30")],
  },
  {
    says: "`SUPERTREND {n 10, mult 3}` with its formula in the docs",
    // n = 1, mult 1. Bar 2: high 50010, low 50000, middle 50005, ATR 10: upper 50015, lower 49995, falling: 50015.
    // Bar 3: middle 50020, ATR 20: upper 50040 is not less than 50015, so 50015; close 50030 is above: rising. Lower 50000: 50000 > 49995.
    spot: BARS, rows: { "50000CE": CALL }, strategy: on("SUPERTREND", "n: 1, mult: 1", "50000"), trades: [sold("11:00:29", "11:00:30")],
  },
  {
    says: "field […] `mid`, `oi`, `volume`, `spread`",
    // Third bar of 10 s: mid (101 + 102)/2 = 101.5, oi 1300, volume 10 + 20, spread 1.
    spot: SPOT, rows: { "50000CE": ["10:59:00 99/101 oi=1200 volume=100", "11:00:21 100/103 oi=1250 volume=110", "11:00:28 101/102 oi=1300 volume=130", "11:20:00 89/91"] },
    strategy: when("{ all: [{ eq: [{ metric: SMA, args: { n: 1, bar: 10s, of: atm_ce, field: mid } }, 101.5] }, { eq: [{ metric: SMA, args: { n: 1, bar: 10s, of: atm_ce, field: oi } }, 1300] }, { eq: [{ metric: SMA, args: { n: 1, bar: 10s, of: atm_ce, field: volume } }, 30] }, { eq: [{ metric: SMA, args: { n: 1, bar: 10s, of: atm_ce, field: spread } }, 1] }] }"),
    trades: ["50000 CE SELL 15 11:00:29>11:00:30 101.00 11:20:00>11:20:01 91.00 window_end"],
  },
  {
    says: "`straddle` (atm_ce + atm_pe; missing if either is), its volume as a field too: only VOL counts a missing side 0",
    // The put has no value until 11:00:24: the call's 10 at :21 are not the straddle's. 30 at :26 and 20 at :28 are.
    spot: SPOT,
    rows: {
      "50000CE": ["10:59:00 99/101 volume=100", "11:00:21 99/101 volume=110", "11:00:28 99/101 volume=130", "11:20:00 89/91"],
      "50000PE": ["11:00:24 50/52 volume=50", "11:00:26 50/52 volume=80"],
    },
    strategy: on("SMA", "n: 1, of: straddle, field: volume", "50"), trades: [sold("11:00:29", "11:00:30")],
  },
  {
    says: "bar default 1m; bars start at the open",
    // The minute from 11:00:00 is known at 11:00:59.
    spot: BARS, rows: { "50000CE": CALL }, strategy: when("{ eq: [{ metric: SMA, args: { n: 1 } }, 50060] }"), trades: [sold("11:00:59", "11:01:00")],
  },
]);

golden("§5 Greeks", [
  {
    says: "`IV`: Black-76 on the forward […], from mid, ACT/365 in seconds to the close of expiry day",
    // F = K = 50000 (spot: without a put there is no synthetic F). T = (86400 + 16200)/(365·86400) = 0.00325342; √T = 0.0570388.
    // At the money price = F·(2Φ(v/2) − 1) ≈ F·v/√(2π): v = 100·2.506628/50000 = 0.00501326; σ = v/√T = 8.7892 %.
    spot: SPOT, rows: { "50000CE": CALL }, strategy: when('{ all: [{ eq: [TIME, "11:00"] }, { between: [IV, 8.789, 8.7895] }] }'), trades: [sold("11:00:00", "11:00:01")],
  },
  {
    says: "`DELTA` `GAMMA` `THETA` `VEGA`: theta per calendar day, vega per 1 %",
    // Delta Φ(v/2) = 0.5010; gamma φ(v/2)/(F·v) = 0.398941/250.663 = 0.00159154; vega F·φ·√T/100 = 11.3776;
    // theta −F·φ·σ/(2√T)/365 = −50000·0.398941·0.087892/(2·0.0570388)/365 = −42.105.
    spot: SPOT, rows: { "50000CE": CALL },
    strategy: when("{ all: [{ between: [DELTA, 0.5009, 0.5011] }, { between: [GAMMA, 0.0015915, 0.0015916] }, { between: [VEGA, 11.377, 11.378] }, { between: [THETA, -42.12, -42.09] }] }"), trades: [sold("11:00:00", "11:00:01")],
  },
  {
    says: "the forward (synthetic F of the contract's expiry at s, or spot where it has none)",
    // Three strikes with both sides fresh: F = 50000 + 100 − 60 = 50040 at the smallest gap, whatever spot says. The call is 40 in the money: delta 0.58 instead of 0.50.
    spot: SPOT,
    rows: {
      "49900CE": ["11:00:00 179/181"], "49900PE": ["11:00:00 39/41"], "50000CE": ["11:00:00 99/101", "11:20:00 89/91"], "50000PE": ["11:00:00 59/61"], "50100CE": ["11:00:00 39/41"], "50100PE": ["11:00:00 99/101"],
    },
    strategy: when("{ between: [DELTA, 0.57, 0.59] }"), trades: [sold("11:00:00", "11:00:01")],
  },
  {
    says: "[a price at or below intrinsic] `IV` is missing, delta is 0 or ±1 by moneyness",
    // The put of 51000 is worth at least 1000 at F = 50000; it costs 995.
    spot: SPOT, rows: { "50000CE": CALL, "51000PE": ["10:59:00 994/996"] },
    strategy: when("{ all: [{ eq: [{ metric: DELTA, args: { of: { atm: -10, cp: PE } } }, -1] }, { not: { any: [{ gt: [{ metric: DELTA, args: { of: { atm: -10, cp: PE } } }, 0] }] } }] }"), trades: [sold("11:00:00", "11:00:01")],
  },
]);

golden("§5 conditions", [
  {
    says: "unknown at the root is false; `not` of unknown is unknown",
    spot: SPOT, rows: { "50000CE": CALL }, strategy: when("{ not: { gt: [PRICE_LTP, 5] } }"),
  },
  {
    says: "three-valued logic: `any` is true when one is, `all` is false when one is, whatever is unknown",
    spot: SPOT, rows: { "50000CE": CALL }, strategy: when("{ any: [{ gt: [PRICE_LTP, 5] }, { not: { all: [{ gt: [PRICE_LTP, 5] }, { lt: [SPOT, 1] }] } }] }"), trades: [sold("11:00:00", "11:00:01")],
  },
  {
    says: "three-valued logic: `all` with an unknown and only true ones is unknown",
    spot: SPOT, rows: { "50000CE": CALL }, strategy: when("{ any: [{ all: [{ gt: [PRICE_LTP, 5] }, { gt: [SPOT, 1] }] }, { lt: [SPOT, 1] }] }"),
  },
  {
    says: "`{between: [x, lo, hi]}` (inclusive)",
    spot: ["11:00:00 p49999.95", "11:00:05 p50000", "11:00:06 p50100"], rows: { "50000CE": CALL }, strategy: when("{ between: [SPOT, 50000, 50000] }"), trades: [sold("11:00:05", "11:00:06")],
  },
  {
    says: "Two numbers within 1e-9·max(1, |a|, |b|) of each other are equal, for every operator",
    // 0.1 + 0.2 is 0.30000000000000004.
    spot: SPOT, rows: { "50000CE": CALL }, strategy: when("{ all: [{ eq: [{ add: [0.1, 0.2] }, 0.3] }, { lte: [{ add: [0.1, 0.2] }, 0.3] }, { not: { gt: [{ add: [0.1, 0.2] }, 0.3] } }, { not: { ne: [{ add: [0.1, 0.2] }, 0.3] } }, { gt: [SPOT, 1] }] }"), trades: [sold("11:00:00", "11:00:01")],
  },
  {
    says: "division by zero is missing",
    spot: SPOT, rows: { "50000CE": CALL }, strategy: when("{ any: [{ gt: [{ div: [SPOT, { sub: [SPOT, 50000] }] }, 0] }, { lte: [{ div: [SPOT, { sub: [SPOT, 50000] }] }, 0] }] }"),
  },
  {
    says: "`sub` and `div` fold from the left; `min` `max` `abs` `mul`",
    // 50000 − 49000 − 900 = 100; 50000/5/100 = 100; min 100, max 100; |−100|; 50·2.
    spot: SPOT, rows: { "50000CE": CALL },
    strategy: when("{ all: [{ eq: [{ sub: [SPOT, 49000, 900] }, 100] }, { eq: [{ div: [SPOT, 5, 100] }, 100] }, { eq: [{ min: [SPOT, 100, 300] }, 100] }, { eq: [{ max: [-100, 100] }, 100] }, { eq: [{ abs: [{ sub: [SPOT, 50100] }] }, 100] }, { eq: [{ mul: [50, 2] }, 100] }] }"), trades: [sold("11:00:00", "11:00:01")],
  },
  {
    says: "`crosses_above` = strictly above now and not above at s−1",
    // Equal at 11:00:00, above from :05 on, below at :10, above at :15: the first cross is :05.
    spot: ["10:59:00 p50010", "11:00:00 p50000", "11:00:05 p50010"], rows: { "50000CE": CALL }, strategy: when("{ crosses_above: [SPOT, 50000] }"), trades: [sold("11:00:05", "11:00:06")],
  },
  {
    says: "`crosses_below` = strictly below now and not below at s−1",
    spot: ["10:59:00 p50000", "11:00:07 p49990"], rows: { "50000CE": CALL }, strategy: when("{ crosses_below: [SPOT, 50000] }"), trades: [sold("11:00:07", "11:00:08")],
  },
  {
    says: "[a cross is] unknown […] when any of the four values is missing",
    // The first spot value is above already: no cross. At :10 it falls, at :15 it crosses.
    spot: ["11:00:05 p50010", "11:00:10 p50000", "11:00:15 p50010"], rows: { "50000CE": CALL }, strategy: when("{ crosses_above: [SPOT, 50000] }"), trades: [sold("11:00:15", "11:00:16")],
  },
  {
    says: 'an operand is […] a time `"10:30"`, `$NAME`',
    spot: SPOT, rows: { "50000CE": CALL }, strategy: `
      params: { FROM: "11:03" }
      entry: { when: { gte: [TIME, $FROM] }, legs: [{ cp: CE, lots: -1, strike: { strike: 50000 } }] }
      fill: { ttl: 5000 }`,
    trades: [sold("11:03:00", "11:03:01")],
  },
]);
