import type { SymbolData } from "../rules-data.ts";

const NO_DOCUMENT = "no document was seen";
const FIRST_CONTRACT = "the first contract of the change is not known";
const USUAL_RULE = "that contracts already listed kept the old lot is the usual rule, not a text";
const CLASS = "which contracts count as far-dated is not documented";

/** Lots are keyed by the contract's expiry, strike steps and freeze quantities by trade date, expiry weekdays by the scheduled expiry. */
export const SYMBOLS: readonly SymbolData[] = [
  {
    symbol: "BANKNIFTY",
    exchange: "NSE",
    lots: {
      weekly: [
        { from: "2016-05-27", lot: 40, uncertain: FIRST_CONTRACT },
        { from: "2017-01-01", lot: 40 },
        { from: "2018-10-01", lot: 40, uncertain: FIRST_CONTRACT },
        { from: "2019-01-01", lot: 20 },
        { from: "2020-07-30", lot: 25 },
        { from: "2023-08-03", lot: 15 },
        { from: "2024-11-14", lot: null },
      ],
      monthly: [
        { from: "2010-04-30", lot: 25, uncertain: FIRST_CONTRACT },
        { from: "2015-08-28", lot: 30, uncertain: FIRST_CONTRACT },
        { from: "2016-05-01", lot: 40, uncertain: FIRST_CONTRACT },
        { from: "2017-01-01", lot: 40 },
        { from: "2018-10-01", lot: 40, uncertain: FIRST_CONTRACT },
        { from: "2019-01-01", lot: 20 },
        { from: "2020-07-30", lot: 25 },
        { from: "2023-07-27", lot: 15 },
        { from: "2025-01-30", lot: 15, uncertain: USUAL_RULE },
        { from: "2025-02-27", lot: 30 },
        { from: "2025-07-31", lot: 35 },
        { from: "2026-01-27", lot: 30 },
      ],
    },
    strikeSteps: [{ from: "2015-01-09", step: 100, far: [{ months: 3, step: 500, uncertain: CLASS }] }],
    freeze: [
      { from: "2021-01-01", quantity: 900, uncertain: NO_DOCUMENT },
      { from: "2025-08-01", quantity: 600 },
    ],
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
        { from: "2021-07-01", lot: 75, uncertain: NO_DOCUMENT },
        { from: "2021-08-05", lot: 50, uncertain: NO_DOCUMENT },
        { from: "2021-09-01", lot: 50 },
        { from: "2024-05-02", lot: 25 },
        { from: "2025-01-02", lot: 75, uncertain: NO_DOCUMENT },
        { from: "2025-01-09", lot: 75 },
        { from: "2026-01-06", lot: 65 },
      ],
      monthly: [
        { from: "2014-11-01", lot: 25, uncertain: NO_DOCUMENT },
        { from: "2015-11-01", lot: 75, uncertain: NO_DOCUMENT },
        { from: "2016-01-01", lot: 75 },
        { from: "2021-07-29", lot: 50, uncertain: NO_DOCUMENT },
        { from: "2021-08-26", lot: 50 },
        { from: "2024-05-30", lot: 25 },
        { from: "2025-01-30", lot: 25, uncertain: USUAL_RULE },
        { from: "2025-02-27", lot: 75 },
        { from: "2026-01-27", lot: 65 },
      ],
    },
    strikeSteps: [
      { from: "2015-01-09", step: 50, far: [{ months: 3, step: 100, uncertain: CLASS }, { months: 12, step: 1000, uncertain: CLASS }] },
      { from: "2025-12-31", step: 50, far: [{ months: 3, step: 100, uncertain: CLASS }, { months: 12, step: 1500, uncertain: CLASS }] },
    ],
    freeze: [
      { from: "2021-01-01", quantity: 1800, uncertain: NO_DOCUMENT },
      { from: "2025-08-01", quantity: 1800 },
    ],
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
        { from: "2021-01-11", lot: 40, uncertain: "one article says 45" },
        { from: "2024-08-06", lot: 25 },
        { from: "2024-11-20", lot: null },
      ],
      monthly: [
        { from: "2021-01-11", lot: 40, uncertain: "one article says 45" },
        { from: "2024-07-30", lot: 25 },
        { from: "2024-12-01", lot: 25, uncertain: USUAL_RULE },
        { from: "2025-02-27", lot: 65 },
        { from: "2026-01-27", lot: 60 },
      ],
    },
    strikeSteps: [{ from: "2021-01-11", step: 50, uncertain: NO_DOCUMENT }],
    freeze: [{ from: "2025-08-01", quantity: 1800 }],
    expiryRules: [
      { from: "2021-01-11", weekly: "Thu", monthly: "Thu", uncertain: NO_DOCUMENT },
      { from: "2021-10-15", weekly: "Tue", monthly: "Tue", uncertain: NO_DOCUMENT },
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
        { from: "2024-12-01", lot: 50, uncertain: USUAL_RULE },
        { from: "2025-02-27", lot: 120 },
        { from: "2025-07-31", lot: 140 },
        { from: "2026-01-27", lot: 120 },
      ],
    },
    strikeSteps: [{ from: "2023-08-21", step: 25, uncertain: NO_DOCUMENT }],
    freeze: [{ from: "2025-08-01", quantity: 2800 }],
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
        { from: "2023-05-19", lot: 10, uncertain: NO_DOCUMENT },
        { from: "2025-01-01", lot: 20, uncertain: NO_DOCUMENT },
        { from: "2026-01-01", lot: 20 },
      ],
      monthly: [
        { from: "2023-05-19", lot: 10, uncertain: NO_DOCUMENT },
        { from: "2025-01-01", lot: 20, uncertain: NO_DOCUMENT },
        { from: "2026-01-01", lot: 20 },
      ],
    },
    strikeSteps: [{ from: "2023-05-15", step: 100, uncertain: NO_DOCUMENT }],
    freeze: [],
    expiryRules: [
      { from: "2023-05-15", weekly: "Fri", monthly: "Fri" },
      { from: "2025-01-01", weekly: "Tue", monthly: "Tue" },
      { from: "2025-09-01", weekly: "Thu", monthly: "Thu", uncertain: NO_DOCUMENT },
    ],
  },
  {
    symbol: "BANKEX",
    exchange: "BSE",
    lots: {
      weekly: [],
      monthly: [{ from: "2025-01-01", lot: 30, uncertain: NO_DOCUMENT }],
    },
    strikeSteps: [{ from: "2025-01-01", step: 100, uncertain: NO_DOCUMENT }],
    freeze: [],
    expiryRules: [
      { from: "2025-01-01", weekly: null, monthly: "Tue" },
      { from: "2025-09-01", weekly: null, monthly: "Thu", uncertain: NO_DOCUMENT },
    ],
  },
];
