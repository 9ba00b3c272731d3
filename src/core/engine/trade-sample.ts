/** Semantics §6 "Sample": the market as a position's legs saw it in one second. Reads what is known, decides nothing. */
import { metricsOf, type Condition, type Metric } from "../strategy/condition.ts";
import type { CompiledStrategy } from "../strategy/compile.ts";
import { metricWords } from "../strategy/condition-words.ts";
import type { Paise } from "../money.ts";
import type { BookLevel, LegInputs, MomentInputs, SampledTrade } from "../results/types.ts";
import { levelPrice, LEVELS, levelQuantity, quoteRow } from "./book.ts";
import type { DayMarket } from "./day-market.ts";
import type { GridView } from "./grid-view.ts";
import type { DayMetrics } from "./metrics.ts";
import { counts, leaves, type LegTrade, type Position } from "./position.ts";
import type { StrikeSelector } from "./select.ts";
import type { Trace } from "./trace.ts";

/** What is asked of a moment. Seconds are places on the grid. */
interface Asked {
  readonly second: number;
  readonly rule: string;
  /** The legs' contract numbers, by place. */
  readonly contracts: readonly number[];
  /** Those that were looked at. */
  readonly conditions?: readonly (Condition | null)[];
  /** The position that is on. */
  readonly position?: Position;
}

export class MomentReader {
  constructor(
    private readonly market: DayMarket,
    private readonly spot: GridView,
    private readonly selector: StrikeSelector,
    private readonly metrics: DayMetrics,
  ) {}

  moment({ second: s, rule, contracts, conditions = [], position }: Asked): MomentInputs {
    const atm = this.selector.atmIfKnown(s);
    return {
      second: s + this.market.session.open,
      spot: this.spot.price(s) || null,
      spotAge: this.spot.priceAge(s),
      atm: atm === null ? null : this.market.strikes[atm].strike,
      legs: contracts.map((number, i) => this.leg(number, s, i + 1)),
      metrics: metricsIn(conditions).map((metric) => ({ name: metric.name, metric: metricWords(metric), value: this.value(metric, s, contracts, position) })),
      pnl: position ? this.pnl(position, s) : null,
      rule,
    };
  }

  private leg(number: number, s: number, legId: number): LegInputs {
    const grid = this.market.grid(number);
    const quoted = grid.bid(s) > 0;
    return {
      legId,
      bid: quoted ? grid.bid(s) : null,
      ask: quoted ? grid.ask(s) : null,
      quoteAge: grid.quoteAge(s),
      spreadTicks: quoted ? grid.spreadTicks(s) : null,
      price: grid.price(s) || null,
      priceAge: grid.priceAge(s),
      levels: this.levels(number, s),
    };
  }

  private levels(number: number, s: number): readonly BookLevel[] | null {
    const slice = this.market.slice(number);
    if (!slice || !slice.fields.has("bp0")) return null;
    const row = quoteRow(slice, s + this.market.session.open);
    if (row < 0) return null;
    const price = (side: "b" | "s", level: number): Paise | null => levelPrice(slice, row, side, level) || null;
    const quantity = (side: "b" | "s", level: number) => levelQuantity(slice, row, side, level) || null;
    return LEVELS.map((level) => ({ bid: price("b", level), bidQuantity: quantity("b", level), ask: price("s", level), askQuantity: quantity("s", level) }));
  }

  private value(metric: Metric, s: number, contracts: readonly number[], position: Position | undefined): number | null {
    if (metric.name === "LAG") return s < metric.args.seconds ? null : this.value(metric.args.x, s - metric.args.seconds, contracts, position);
    switch (metric.name) {
      case "PNL":
      case "PEAK_PNL":
      case "DRAWDOWN":
      case "HOLD_SECS":
        return position && position.filled >= 0 && s >= position.filled ? this.ofPosition(metric.name, s, position) : null;
      default: {
        const operand = this.metrics.metric(metric, contracts);
        return typeof operand === "number" ? operand : this.metrics.day.value(operand, s);
      }
    }
  }

  private ofPosition(name: "PNL" | "PEAK_PNL" | "DRAWDOWN" | "HOLD_SECS", s: number, position: Position): number {
    if (name === "HOLD_SECS") return s - position.filled;
    const pnl = this.pnl(position, s);
    if (name === "PNL") return pnl / 100;
    let peak = pnl;
    for (let before = position.filled; before < s; before++) peak = Math.max(peak, this.pnl(position, before));
    return (name === "PEAK_PNL" ? peak : peak - pnl) / 100;
  }

  /** P&L of the position at a second: what closed trades realised, open ones at their marks. Paise. */
  private pnl(position: Position, s: number): Paise {
    return position.trades.reduce((sum, trade) => {
      const { contract, units, entry, exit } = trade;
      if (s < counts(position, trade)) return sum;
      const price = s < leaves(trade) ? this.market.grid(contract).mark(s, units > 0) : exit!.price;
      return sum + units * (price - entry.price);
    }, 0);
  }
}

/** Every metric once. */
function metricsIn(conditions: readonly (Condition | null)[]): Metric[] {
  return [...new Map(conditions.flatMap((condition) => (condition ? metricsOf(condition) : [])).map((metric) => [metric.key, metric])).values()];
}

/** Keeps the inputs of one variant's first trades. */
export class SampleTrace implements Trace {
  readonly trades: SampledTrade[] = [];

  /** @param limit most trades that are kept */
  constructor(
    private readonly reader: MomentReader,
    private readonly market: DayMarket,
    private readonly strategy: CompiledStrategy,
    private readonly variant: number,
    private readonly limit: number,
  ) {}

  closed(position: Position): void {
    for (const trade of position.trades) if (this.trades.length < this.limit) this.trades.push(this.sampled(position, trade));
  }

  private sampled(position: Position, trade: LegTrade): SampledTrade {
    const { filter, exitWhen, strategy } = this.strategy;
    const exit = trade.exit!;
    const fill = `fill ${strategy.fill.model}`;
    const moment = (asked: Omit<Asked, "contracts">) => this.reader.moment({ contracts: legsAt(position, trade, asked.second), ...asked });
    const own = { at: [filter], when: [filter, position.block.when], adjust: this.adjusting(), rebalance: [], reentry: [] }[trade.reason];
    return {
      variant: this.variant, date: this.market.date, positionId: position.id, legId: trade.place + 1,
      entryDecision: moment({ second: trade.decision, rule: trade.rule(), conditions: own, ...(trade.filled > position.filled && { position }) }),
      entryFill: { ...moment({ second: trade.filled, rule: fill, position }), beforeSlippage: trade.entry.before },
      exitDecision: moment({ second: exit.decision, rule: exit.rule(), conditions: [exitWhen, ...(exit.reason === "adjust" ? this.adjusting() : [])], position }),
      exitFill: { ...moment({ second: exit.second, rule: exit.stale ? "stale_exit: closed at the mark" : fill, position }), beforeSlippage: exit.before },
    };
  }

  private adjusting(): readonly Condition[] {
    return this.strategy.adjust.map(({ when }) => when);
  }

  restart(): void {
    this.trades.length = 0;
  }
}

/** The contracts of a position's legs at a second, by place: the sampled trade's own, and of the others what they held last. */
function legsAt({ contracts, trades }: Position, own: LegTrade, s: number): readonly number[] {
  return contracts.map((chosen, place) => (place === own.place ? own.contract : (trades.findLast((trade) => trade.place === place && trade.filled <= s)?.contract ?? chosen)));
}
