import type { SymbolData } from "../rules-data.ts";

/** Lots are keyed by the contract's expiry, strike steps by trade date, expiry weekdays by the scheduled expiry. */
export const SYMBOLS: readonly SymbolData[] = [
  {
    symbol: "BANKNIFTY",
    exchange: "NSE",
    lots: {
      weekly: [
        { from: "2016-05-27", lot: 40, uncertain: true },
        { from: "2017-01-01", lot: 40 },
        { from: "2018-10-01", lot: 40, uncertain: true },
        { from: "2019-01-01", lot: 20 },
        { from: "2020-07-30", lot: 25 },
        { from: "2023-08-03", lot: 15 },
        { from: "2024-11-14", lot: null },
      ],
      monthly: [
        { from: "2010-04-30", lot: 25, uncertain: true },
        { from: "2015-08-28", lot: 30, uncertain: true },
        { from: "2016-05-01", lot: 40, uncertain: true },
        { from: "2017-01-01", lot: 40 },
        { from: "2018-10-01", lot: 40, uncertain: true },
        { from: "2019-01-01", lot: 20 },
        { from: "2020-07-30", lot: 25 },
        { from: "2023-07-27", lot: 15 },
        { from: "2025-01-30", lot: 15, uncertain: true },
        { from: "2025-02-27", lot: 30 },
        { from: "2025-07-31", lot: 35 },
        { from: "2026-01-27", lot: 30 },
      ],
    },
    strikeSteps: [{ from: "2015-01-09", step: 100 }],
    expiryRules: [
      { from: "2015-01-09", weekly: null, monthly: "Thu" },
      { from: "2016-05-27", weekly: "Thu", monthly: "Thu" },
      { from: "2023-09-01", weekly: "Wed", monthly: "Thu" },
      { from: "2024-03-01", weekly: "Wed", monthly: "Wed" },
      { from: "2024-11-14", weekly: null, monthly: "Wed" },
      { from: "2025-01-01", weekly: null, monthly: "Thu" },
      { from: "2025-09-01", weekly: null, monthly: "Tue" },
    ],
  },
  {
    symbol: "NIFTY",
    exchange: "NSE",
    lots: {
      weekly: [
        { from: "2019-02-14", lot: 75 },
        { from: "2021-07-01", lot: 75, uncertain: true },
        { from: "2021-08-05", lot: 50, uncertain: true },
        { from: "2021-09-01", lot: 50 },
        { from: "2024-05-02", lot: 25 },
        { from: "2025-01-02", lot: 75, uncertain: true },
        { from: "2025-01-09", lot: 75 },
        { from: "2026-01-06", lot: 65 },
      ],
      monthly: [
        { from: "2014-11-01", lot: 25, uncertain: true },
        { from: "2015-11-01", lot: 75, uncertain: true },
        { from: "2016-01-01", lot: 75 },
        { from: "2021-07-29", lot: 50, uncertain: true },
        { from: "2021-08-26", lot: 50 },
        { from: "2024-05-30", lot: 25 },
        { from: "2025-01-30", lot: 25, uncertain: true },
        { from: "2025-02-27", lot: 75 },
        { from: "2026-01-27", lot: 65 },
      ],
    },
    strikeSteps: [{ from: "2015-01-09", step: 50 }],
    expiryRules: [
      { from: "2015-01-09", weekly: null, monthly: "Thu" },
      { from: "2019-02-14", weekly: "Thu", monthly: "Thu" },
      { from: "2025-09-01", weekly: "Tue", monthly: "Tue" },
    ],
  },
  {
    symbol: "FINNIFTY",
    exchange: "NSE",
    lots: {
      weekly: [
        { from: "2021-01-11", lot: 40, uncertain: true },
        { from: "2024-08-06", lot: 25 },
        { from: "2024-11-20", lot: null },
      ],
      monthly: [
        { from: "2021-01-11", lot: 40, uncertain: true },
        { from: "2024-07-30", lot: 25 },
        { from: "2024-12-01", lot: 25, uncertain: true },
        { from: "2025-02-27", lot: 65 },
        { from: "2026-01-27", lot: 60 },
      ],
    },
    strikeSteps: [{ from: "2021-01-11", step: 50, uncertain: true }],
    expiryRules: [
      { from: "2021-01-11", weekly: "Thu", monthly: "Thu", uncertain: true },
      { from: "2021-10-15", weekly: "Tue", monthly: "Tue", uncertain: true },
      { from: "2022-01-01", weekly: "Tue", monthly: "Tue" },
      { from: "2024-11-20", weekly: null, monthly: "Tue" },
      { from: "2025-01-01", weekly: null, monthly: "Thu" },
      { from: "2025-09-01", weekly: null, monthly: "Tue" },
    ],
  },
  {
    symbol: "MIDCPNIFTY",
    exchange: "NSE",
    lots: {
      weekly: [
        { from: "2023-08-21", lot: 75 },
        { from: "2024-08-05", lot: 50 },
        { from: "2024-11-19", lot: null },
      ],
      monthly: [
        { from: "2023-08-21", lot: 75 },
        { from: "2024-07-29", lot: 50 },
        { from: "2024-12-01", lot: 50, uncertain: true },
        { from: "2025-02-27", lot: 120 },
        { from: "2025-07-31", lot: 140 },
        { from: "2026-01-27", lot: 120 },
      ],
    },
    strikeSteps: [{ from: "2023-08-21", step: 25, uncertain: true }],
    expiryRules: [
      { from: "2023-08-21", weekly: "Mon", monthly: "Mon" },
      { from: "2024-11-19", weekly: null, monthly: "Mon" },
      { from: "2025-01-01", weekly: null, monthly: "Thu" },
      { from: "2025-09-01", weekly: null, monthly: "Tue" },
    ],
  },
  {
    symbol: "SENSEX",
    exchange: "BSE",
    lots: {
      weekly: [
        { from: "2023-05-19", lot: 10, uncertain: true },
        { from: "2025-01-01", lot: 20, uncertain: true },
        { from: "2026-01-01", lot: 20 },
      ],
      monthly: [
        { from: "2023-05-19", lot: 10, uncertain: true },
        { from: "2025-01-01", lot: 20, uncertain: true },
        { from: "2026-01-01", lot: 20 },
      ],
    },
    strikeSteps: [{ from: "2023-05-15", step: 100, uncertain: true }],
    expiryRules: [
      { from: "2023-05-15", weekly: "Fri", monthly: "Fri" },
      { from: "2025-01-01", weekly: "Tue", monthly: "Tue" },
      { from: "2025-09-01", weekly: "Thu", monthly: "Thu", uncertain: true },
    ],
  },
  {
    symbol: "BANKEX",
    exchange: "BSE",
    lots: {
      weekly: [],
      monthly: [{ from: "2025-01-01", lot: 30, uncertain: true }],
    },
    strikeSteps: [{ from: "2025-01-01", step: 100, uncertain: true }],
    expiryRules: [
      { from: "2025-01-01", weekly: null, monthly: "Tue" },
      { from: "2025-09-01", weekly: null, monthly: "Thu", uncertain: true },
    ],
  },
];
