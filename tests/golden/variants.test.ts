/** Semantics §3 and §6: variants of a sweep, and the order of trades. */
import { golden } from "./golden.ts";

golden("§6 variants", [
  {
    says: "variants in the order written […], named v1, v2, …; Order: variant (numeric), date, ts_entry, position_id, leg_id",
    // Latencies 0 to 10 with quotes that stay tradeable for 20 s: v11 comes after v10, not after v1.
    spot: ["11:00:00 p50000"], rows: { "50000CE": ["11:00:00 99/101", "11:20:00 89/91"] }, strategy: `
      params: { L: 1 }
      sweep: { L: { from: 0, to: 10, step: 1 } }
      fill: { latency: $L, ttl: 20 }`,
    show: ["variant", "position_id"],
    trades: Array.from({ length: 11 }, (_, latency) => {
      const at = (minute: string) => `11:${minute}:${String(latency).padStart(2, "0")}`;
      return `50000 CE SELL 15 11:00:00>${at("00")} 99.00 11:20:00>${at("20")} 91.00 window_end variant=v${latency + 1} position_id=1`;
    }),
  },
  {
    says: "`sweep` is a grid: variants in the order written, […] last key fastest",
    spot: ["11:00:00 p50000"], rows: { "50000CE": ["11:00:00 99/101", "11:20:00 89/91"] }, strategy: `
      params: { L: 1, N: -1 }
      sweep: { N: [-1, 2], L: [0, 1] }
      entry: { legs: [{ cp: CE, lots: $N }] }
      fill: { latency: $L }`,
    show: ["variant"],
    trades: [
      "50000 CE SELL 15 11:00:00>11:00:00 99.00 11:20:00>11:20:00 91.00 window_end variant=v1",
      "50000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end variant=v2",
      "50000 CE BUY 30 11:00:00>11:00:00 101.00 11:20:00>11:20:00 89.00 window_end variant=v3",
      "50000 CE BUY 30 11:00:00>11:00:01 101.00 11:20:00>11:20:01 89.00 window_end variant=v4",
    ],
  },
  {
    says: "`position_id` counts 1, 2, … per variant over the run",
    // 2024-08-19 and 2024-08-20, two variants.
    spot: ["2024-08-19T11:00:00 p50000", "11:00:00 p50000"],
    rows: { "50000CE": ["2024-08-19T11:00:00 99/101", "2024-08-19T11:20:00 89/91", "11:00:00 99/101", "11:20:00 89/91"] }, strategy: `
      params: { L: 1 }
      sweep: { L: [0, 1] }
      fill: { latency: $L }`,
    show: ["variant", "date", "position_id"],
    trades: [
      "50000 CE SELL 15 11:00:00>11:00:00 99.00 11:20:00>11:20:00 91.00 window_end variant=v1 date=2024-08-19 position_id=1",
      "50000 CE SELL 15 11:00:00>11:00:00 99.00 11:20:00>11:20:00 91.00 window_end variant=v1 date=2024-08-20 position_id=2",
      "50000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end variant=v2 date=2024-08-19 position_id=1",
      "50000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end variant=v2 date=2024-08-20 position_id=2",
    ],
  },
  {
    says: "`sweep` […] several expiries […] by sweeping them too: each variant has its own contracts and its own lot",
    // 2024-08-21 is a weekly, 2024-08-28 the monthly expiry of August.
    spot: ["11:00:00 p50000"], rows: { "50000CE": ["11:00:00 99/101", "11:20:00 89/91"], banknifty24aug50000ce: ["11:00:00 299/301", "11:20:00 309/311"] }, strategy: `
      universe: { symbol: BANKNIFTY, expiry: $E }
      sweep: { E: [nearest, next, monthly] }`,
    show: ["variant", "expiry", "position_id"],
    trades: [
      "50000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end variant=v1 expiry=2024-08-21 position_id=1",
      "50000 CE SELL 15 11:00:00>11:00:01 299.00 11:20:00>11:20:01 311.00 window_end variant=v2 expiry=2024-08-28 position_id=1",
      "50000 CE SELL 15 11:00:00>11:00:01 299.00 11:20:00>11:20:01 311.00 window_end variant=v3 expiry=2024-08-28 position_id=1",
    ],
  },
  {
    says: "a sweep over days of the week and dates: each variant runs on its own",
    spot: ["2024-08-19T11:00:00 p50000", "11:00:00 p50000"],
    rows: { "50000CE": ["2024-08-19T11:00:00 99/101", "2024-08-19T11:20:00 89/91", "11:00:00 109/111", "11:20:00 89/91"] }, strategy: `
      time: { window: "11:00-11:20", days: [$DAY], from: $FROM }
      sweep: { DAY: [Mon, Tue], FROM: ["2024-08-19", "2024-08-20"] }`,
    show: ["variant", "date", "position_id"],
    trades: [
      "50000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end variant=v1 date=2024-08-19 position_id=1",
      "50000 CE SELL 15 11:00:00>11:00:01 109.00 11:20:00>11:20:01 91.00 window_end variant=v3 date=2024-08-20 position_id=1",
      "50000 CE SELL 15 11:00:00>11:00:01 109.00 11:20:00>11:20:01 91.00 window_end variant=v4 date=2024-08-20 position_id=1",
    ],
  },
  {
    says: "a date that one variant cannot run is run for the others",
    spot: ["11:00:00 p50000"], rows: { "50000CE": ["11:00:00 99/101", "11:20:00 89/91"] }, strategy: `
      universe: { symbol: BANKNIFTY, dte: [$LEAST, 9] }
      sweep: { LEAST: [1, 2] }`,
    show: ["variant"],
    trades: ["50000 CE SELL 15 11:00:00>11:00:01 99.00 11:20:00>11:20:01 91.00 window_end variant=v1"],
    notRun: ["2024-08-20 dte"],
  },
]);
