/** Semantics §6 "Sample": the market as a position's legs saw it in one second. Reads what is known, decides nothing. */
import { metricsOf, type Condition, type Metric } from "../strategy/condition.ts";
import type { CompiledStrategy } from "../strategy/compile.ts";
import { metricWords } from "../strategy/condition-words.ts";
import { toPaise, type Paise } from "../money.ts";
import type { BookLevel, LegInputs, MetricValue, MomentInputs, SampledSkip, SampledTrade, Skip } from "../results/types.ts";
import { LEVELS, levelQuantity, quoteRow } from "./book.ts";
import type { DayMarket } from "./day-market.ts";
import type { GridView } from "./grid-view.ts";
import type { DayMetrics } from "./metrics.ts";
import type { Position } from "./position.ts";
import type { StrikeSelector } from "./select.ts";
import type { Trace } from "./trace.ts";

/** What is asked of a moment. Seconds are places on the grid. */
interface Asked {
  readonly second: number;
  readonly rule: string;
  /** The legs' contract numbers, in order. */
  readonly contracts: readonly number[];
  readonly condition?: Condition | null;
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

  moment({ second: s, rule, contracts, condition, position }: Asked): MomentInputs {
    const atm = this.selector.atmIfKnown(s);
    return {
      second: s + this.market.session.open,
      spot: this.spot.price(s) || null,
      spotAge: this.spot.priceAge(s),
      atm: atm === null ? null : this.market.strikes[atm].strike,
      legs: contracts.map((number, i) => this.leg(number, s, i + 1)),
      metrics: condition ? metricsOf(condition).map((metric) => this.metric(metric, s, contracts, position)) : [],
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
    const price = (side: "b" | "s", level: number): Paise | null => {
      const rupees = slice.fields.get(`${side}p${level}`)?.[row] ?? NaN;
      return rupees > 0 && Number.isFinite(rupees) ? toPaise(rupees) : null;
    };
    const quantity = (side: "b" | "s", level: number) => levelQuantity(slice, row, side, level) || null;
    return LEVELS.map((level) => ({ bid: price("b", level), bidQuantity: quantity("b", level), ask: price("s", level), askQuantity: quantity("s", level) }));
  }

  private metric(metric: Metric, s: number, contracts: readonly number[], position: Position | undefined): MetricValue {
    return { name: metric.name, metric: metricWords(metric), value: this.value(metric, s, contracts, position) };
  }

  private value(metric: Metric, s: number, contracts: readonly number[], position: Position | undefined): number | null {
    if (metric.name === "LAG") return s < metric.args.seconds ? null : this.value(metric.args.x, s - metric.args.seconds, contracts, position);
    switch (metric.name) {
      case "PNL":
      case "PEAK_PNL":
      case "DRAWDOWN":
      case "HOLD_SECS":
        return position && s >= position.filled ? this.ofPosition(metric.name, s, position) : null;
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

  /** P&L of the position at a second: what closed legs realised, open ones at their marks. Paise. */
  private pnl({ legs }: Position, s: number): number {
    return legs.reduce((sum, { contract, units, entry, exit }) => {
      const price = exit && exit.second <= s ? exit.price : this.market.grid(contract).mark(s, units > 0);
      return sum + units * (price - entry.price);
    }, 0);
  }
}

/** Keeps the inputs of every trade and skip of one variant. */
export class SampleTrace implements Trace {
  readonly trades: SampledTrade[] = [];
  readonly skips: SampledSkip[] = [];

  constructor(
    private readonly reader: MomentReader,
    private readonly market: DayMarket,
    private readonly strategy: CompiledStrategy,
    private readonly variant: number,
  ) {}

  closed(position: Position): void {
    const { when, exitWhen, strategy } = this.strategy;
    const { date } = this.market;
    const contracts = position.legs.map(({ contract }) => contract);
    const fill = `fill ${strategy.fill.model}`;
    const moment = (asked: Omit<Asked, "contracts">) => this.reader.moment({ contracts, ...asked });
    const entryDecision = moment({ second: position.decision, rule: position.rule(), condition: position.reason === "when" ? when : null });
    const entryFill = moment({ second: position.filled, rule: fill, position });
    position.legs.forEach(({ entry, exit: closed }, i) => {
      const exit = closed!;
      this.trades.push({
        variant: this.variant, date, positionId: position.id, legId: i + 1,
        entryDecision,
        entryFill: { ...entryFill, beforeSlippage: entry.before },
        exitDecision: moment({ second: exit.decision, rule: exit.rule(), condition: exitWhen, position }),
        exitFill: { ...moment({ second: exit.second, rule: exit.stale ? "stale_exit: closed at the mark" : fill, position }), beforeSlippage: exit.before },
      });
    });
  }

  skipped(skip: Skip): void {
    const last = this.skips[this.skips.length - 1]?.skip;
    if (last && last.windowId === skip.windowId && last.reason === skip.reason && last.last === skip.first - 1) {
      this.skips[this.skips.length - 1] = { ...this.skips[this.skips.length - 1], skip: { ...last, last: skip.last, count: last.count + skip.count } };
      return;
    }
    const { when } = this.strategy;
    const second = skip.first - this.market.session.open;
    this.skips.push({ skip, inputs: this.reader.moment({ second, rule: skip.reason, contracts: [], condition: when }) });
  }

  restart(): void {
    this.trades.length = 0;
    this.skips.length = 0;
  }
}
