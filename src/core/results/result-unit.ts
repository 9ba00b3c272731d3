/** The units in which results are read. Inside they are hundredths of what is shown, as paise are of rupees. */
import type { Paise } from "../money.ts";
import type { Positions } from "./positions.ts";

/**
 * `rupees`: paise as they are. `points`: of premium, per unit of the position's largest leg. `per_lot`: paise per lot of
 * that leg. `return`: hundredths of a percent of the capital that these lots need.
 */
export const RESULT_UNITS = ["rupees", "points", "per_lot", "return"] as const;
export type ResultUnit = (typeof RESULT_UNITS)[number];

const AMOUNTS = ["net", "fees", "slippage", "absoluteNet", "staleAbsoluteNet", "mae", "mfe"] as const;

/**
 * The positions with their amounts in another unit; the same table for rupees.
 * @param capitalPerLot what one lot of the largest leg ties up, > 0
 */
export function inUnit(positions: Positions, unit: ResultUnit, capitalPerLot: Paise): Positions {
  if (unit === "rupees") return positions;
  const divisor = (i: number): number => {
    if (unit === "points") return positions.qty[i];
    return unit === "per_lot" ? positions.lots[i] : (positions.lots[i] * capitalPerLot) / 10_000;
  };
  const scaled = AMOUNTS.map((name) => [name, positions[name].map((amount, i) => amount / divisor(i))] as const);
  return { ...positions, ...Object.fromEntries(scaled) };
}
