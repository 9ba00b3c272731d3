import type { CostRow, Exchange } from "../rules-data.ts";

/** The exchange charge includes the investor-protection levy. Trade dates before the first row have no rule. */
export const COSTS: Readonly<Record<Exchange, readonly CostRow[]>> = {
  NSE: [
    { from: "2019-01-01", brokerage: 20, sttSellPct: 0.05, exchangePct: 0.05, sebiPct: 0.0001, stampBuyPct: 0.003, gstPct: 18, uncertain: true },
    { from: "2020-06-01", brokerage: 20, sttSellPct: 0.05, exchangePct: 0.05, sebiPct: 0.00005, stampBuyPct: 0.003, gstPct: 18, uncertain: true },
    { from: "2021-01-01", brokerage: 20, sttSellPct: 0.05, exchangePct: 0.053, sebiPct: 0.00005, stampBuyPct: 0.003, gstPct: 18, uncertain: true },
    { from: "2021-04-01", brokerage: 20, sttSellPct: 0.05, exchangePct: 0.053, sebiPct: 0.0001, stampBuyPct: 0.003, gstPct: 18 },
    { from: "2023-04-01", brokerage: 20, sttSellPct: 0.0625, exchangePct: 0.0505, sebiPct: 0.0001, stampBuyPct: 0.003, gstPct: 18 },
    { from: "2024-04-01", brokerage: 20, sttSellPct: 0.0625, exchangePct: 0.05, sebiPct: 0.0001, stampBuyPct: 0.003, gstPct: 18, uncertain: true },
    { from: "2024-10-01", brokerage: 20, sttSellPct: 0.1, exchangePct: 0.03553, sebiPct: 0.0001, stampBuyPct: 0.003, gstPct: 18 },
    { from: "2026-04-01", brokerage: 20, sttSellPct: 0.15, exchangePct: 0.03553, sebiPct: 0.0001, stampBuyPct: 0.003, gstPct: 18 },
  ],
  BSE: [
    { from: "2024-10-01", brokerage: 20, sttSellPct: 0.1, exchangePct: 0.0325, sebiPct: 0.0001, stampBuyPct: 0.003, gstPct: 18 },
    { from: "2026-04-01", brokerage: 20, sttSellPct: 0.15, exchangePct: 0.0325, sebiPct: 0.0001, stampBuyPct: 0.003, gstPct: 18 },
  ],
};
