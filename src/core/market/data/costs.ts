import type { CostTables, Exchange } from "../rules-data.ts";

const SLABS_AND_STATES = "the exchange charge had slabs, the stamp duty differed by state, and the SEBI fee is not documented";
const SLABS = "the exchange charge had slabs, and the SEBI fee is not documented";
const EXCHANGE_CHARGE = "the exchange charge is not documented";
const FUTURES = "the exchange charge and the stamp duty of futures are not documented";

/** The exchange charge includes the investor-protection levy. Trade dates before the first row have no rule. */
export const COSTS: Readonly<Record<Exchange, CostTables>> = {
  NSE: {
    option: [
      { from: "2019-01-01", brokerage: 20, sttSellPct: 0.05, exchangePct: 0.05, sebiPct: 0.0001, stampBuyPct: 0.003, gstPct: 18, uncertain: SLABS_AND_STATES },
      { from: "2020-06-01", brokerage: 20, sttSellPct: 0.05, exchangePct: 0.05, sebiPct: 0.00005, stampBuyPct: 0.003, gstPct: 18, uncertain: SLABS_AND_STATES },
      { from: "2021-01-01", brokerage: 20, sttSellPct: 0.05, exchangePct: 0.053, sebiPct: 0.00005, stampBuyPct: 0.003, gstPct: 18, uncertain: SLABS },
      { from: "2021-04-01", brokerage: 20, sttSellPct: 0.05, exchangePct: 0.053, sebiPct: 0.0001, stampBuyPct: 0.003, gstPct: 18 },
      { from: "2023-04-01", brokerage: 20, sttSellPct: 0.0625, exchangePct: 0.0505, sebiPct: 0.0001, stampBuyPct: 0.003, gstPct: 18 },
      { from: "2024-04-01", brokerage: 20, sttSellPct: 0.0625, exchangePct: 0.05, sebiPct: 0.0001, stampBuyPct: 0.003, gstPct: 18, uncertain: EXCHANGE_CHARGE },
      { from: "2024-10-01", brokerage: 20, sttSellPct: 0.1, exchangePct: 0.03553, sebiPct: 0.0001, stampBuyPct: 0.003, gstPct: 18 },
      { from: "2026-04-01", brokerage: 20, sttSellPct: 0.15, exchangePct: 0.03553, sebiPct: 0.0001, stampBuyPct: 0.003, gstPct: 18 },
    ],
    future: [
      { from: "2019-01-01", brokerage: 20, sttSellPct: 0.01, exchangePct: 0.0019, sebiPct: 0.0001, stampBuyPct: 0.002, gstPct: 18, uncertain: FUTURES },
      { from: "2020-06-01", brokerage: 20, sttSellPct: 0.01, exchangePct: 0.0019, sebiPct: 0.00005, stampBuyPct: 0.002, gstPct: 18, uncertain: FUTURES },
      { from: "2021-04-01", brokerage: 20, sttSellPct: 0.01, exchangePct: 0.0019, sebiPct: 0.0001, stampBuyPct: 0.002, gstPct: 18, uncertain: FUTURES },
      { from: "2023-04-01", brokerage: 20, sttSellPct: 0.0125, exchangePct: 0.0019, sebiPct: 0.0001, stampBuyPct: 0.002, gstPct: 18, uncertain: FUTURES },
      { from: "2024-10-01", brokerage: 20, sttSellPct: 0.02, exchangePct: 0.00173, sebiPct: 0.0001, stampBuyPct: 0.002, gstPct: 18, uncertain: FUTURES },
      { from: "2026-04-01", brokerage: 20, sttSellPct: 0.05, exchangePct: 0.00173, sebiPct: 0.0001, stampBuyPct: 0.002, gstPct: 18, uncertain: FUTURES },
    ],
  },
  BSE: {
    option: [
      { from: "2024-10-01", brokerage: 20, sttSellPct: 0.1, exchangePct: 0.0325, sebiPct: 0.0001, stampBuyPct: 0.003, gstPct: 18 },
      { from: "2026-04-01", brokerage: 20, sttSellPct: 0.15, exchangePct: 0.0325, sebiPct: 0.0001, stampBuyPct: 0.003, gstPct: 18 },
    ],
    future: [],
  },
};
