import type { RedatedContract } from "../rules-data.ts";

export const REDATED: readonly RedatedContract[] = [
  { symbols: ["BANKNIFTY", "NIFTY"], named: "2023-06-29", actual: "2023-06-28" },
  { symbols: ["BANKNIFTY"], named: "2023-09-07", actual: "2023-09-06" },
  { symbols: ["BANKNIFTY"], named: "2023-09-14", actual: "2023-09-13" },
  { symbols: ["BANKNIFTY"], named: "2023-09-21", actual: "2023-09-20" },
  { symbols: ["BANKNIFTY", "NIFTY"], named: "2026-03-31", actual: "2026-03-30" },
];
