/** Semantics §6 "Sample": the market as a position's legs saw it in one second. Reads what is known, decides nothing. */
import { metricsOf, type Condition, type Metric } from "../strategy/condition.ts";
import type { CompiledStrategy } from "../strategy/compile.ts";
import { metricWords } from "../strategy/condition-words.ts";
import type { Paise } from "../money.ts";
import type { BookLevel, LegInputs, MomentInputs, SampledArming, SampledTrade, WaitInputs } from "../results/types.ts";
import { levelPrice, LEVELS, levelQuantity, quoteRow } from "./book.ts";
import type { DayMarket } from "./day-market.ts";
import type { GridView } from "./grid-view.ts";
import type { LateLegs } from "./late-legs.ts";
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
  /** Of those that close so that others take their places, by place. */
  readonly held?: readonly (number | undefined)[];
  /** What is known of a leg that waits, by its place. */
  readonly wait?: (place: number) => WaitInputs | null;
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

  moment({ second: s, rule, contracts, held = [], wait = () => null, conditions = [], position }: Asked): MomentInputs {
    const atm = this.selector.atmShown(s);
    // `leg:n` is what the place holds when the condition is looked at.
    const looked = contracts.map((number, place) => held[place] ?? number);
    return {
      second: s + this.market.session.open,
      spot: this.spot.price(s) || null,
      spotAge: this.spot.priceAge(s),
      atm: atm === null ? null : this.market.strikes[atm.index].strike,
      atmByName: atm !== null && atm.byName,
      legs: contracts.map((number, place) => this.leg(number, s, place, wait(place))),
      held: held.flatMap((number, place) => (number === undefined ? [] : this.leg(number, s, place, null))),
      metrics: metricsIn(conditions).map((metric) => ({ name: metric.name, metric: metricWords(metric), value: this.value(metric, s, looked, position) })),
      pnl: position ? this.pnl(position, s) : null,
      rule,
    };
  }

  private leg(number: number, s: number, place: number, wait: WaitInputs | null): LegInputs {
    const grid = this.market.grid(number);
    const quoted = grid.bid(s) > 0;
    return {
      legId: place + 1,
      contract: this.market.nameOf(number),
      bid: quoted ? grid.bid(s) : null,
      ask: quoted ? grid.ask(s) : null,
      quoteAge: grid.quoteAge(s),
      spreadTicks: quoted ? grid.spreadTicks(s) : null,
      price: grid.price(s) || null,
      priceAge: grid.priceAge(s),
      levels: this.levels(number, s),
      wait,
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
  /** Positions of which legs waited. */
  private readonly armed: Position[] = [];

  /** @param limit most trades that are kept */
  constructor(
    private readonly reader: MomentReader,
    private readonly market: DayMarket,
    private readonly late: LateLegs,
    private readonly strategy: CompiledStrategy,
    private readonly variant: number,
    private readonly limit: number,
  ) {}

  closed(position: Position): void {
    if (position.block.waiting !== "none") this.armed.push(position);
    let made: MomentInputs | undefined;
    const opening = () => (made ??= this.opening(position));
    for (const trade of position.trades) if (this.trades.length < this.limit) this.trades.push(this.sampled(position, trade, opening));
  }

  /** The decisions from which on legs waited, in the order of the day. */
  armings(): SampledArming[] {
    return this.armed.map((position) => ({ positionId: position.id, inputs: this.opening(position) }));
  }

  private sampled(position: Position, trade: LegTrade, opening: () => MomentInputs): SampledTrade {
    const { exitWhen, strategy } = this.strategy;
    const exit = trade.exit!;
    const fill = `fill ${strategy.fill.model}`;
    const moment = (asked: Omit<Asked, "contracts">) => this.reader.moment({ contracts: legsAt(position, trade, asked.second), ...asked });
    const first = position.trades.find(({ place }) => place === trade.place) === trade;
    const waited = first && position.block.legs[trade.place].wait !== null;
    return {
      variant: this.variant, date: this.market.date, positionId: position.id, legId: trade.place + 1,
      armed: waited ? opening() : null,
      entryDecision: first && !waited ? opening() : moment({ second: trade.decision, rule: trade.rule(), ...this.lateEntry(position, trade, waited) }),
      entryFill: { ...moment({ second: trade.filled, rule: fill, position }), beforeSlippage: trade.entry.before },
      exitDecision: moment({ second: exit.decision, rule: exit.rule(), conditions: [exitWhen, ...(exit.reason === "adjust" ? this.adjusting() : [])], position }),
      exitFill: { ...moment({ second: exit.second, rule: exit.stale ? "stale_exit: closed at the mark" : fill, position }), beforeSlippage: exit.before },
    };
  }

  /** The decision of the position's entry: of all its legs, those that wait from then on among them. */
  private opening(position: Position): MomentInputs {
    const { decision: second, rule, contracts, block, reason, replaces } = position;
    const { filter } = this.strategy;
    const looked = { at: [filter], when: [filter, block.when], rebalance: [], reentry: [], adjust: [] }[reason];
    const held = reason === "rebalance" ? closedFor(replaces!, "rebalance", second) : [];
    const wait = (place: number) => (block.legs[place].wait === null ? null : this.late.inputs(block.legs[place], contracts[place], second, second));
    return this.reader.moment({ second, rule: rule(), contracts, held, wait, conditions: looked });
  }

  /** What belongs to the decision of a leg that enters after the others. */
  private lateEntry(position: Position, trade: LegTrade, waited: boolean): Partial<Asked> {
    const { decision, place, contract } = trade;
    const leg = position.block.legs[place];
    return {
      ...(trade.reason === "adjust" && { conditions: this.adjusting(), held: closedFor(position, "adjust", decision) }),
      ...(waited && { wait: (at: number) => (at === place ? this.late.inputs(leg, contract, position.decision, decision) : null) }),
      // Before its first fill it is not on, and in that second nothing is decided.
      ...(position.filled < decision && { position }),
    };
  }

  private adjusting(): readonly Condition[] {
    return this.strategy.adjust.map(({ when }) => when);
  }

  restart(): void {
    this.trades.length = 0;
    this.armed.length = 0;
  }
}

/** The contracts of a position's legs at a second, by place: the sampled trade's own, and of the others what they held last. */
function legsAt({ contracts, trades }: Position, own: LegTrade, s: number): readonly number[] {
  return contracts.map((chosen, place) => (place === own.place ? own.contract : (trades.findLast((trade) => trade.place === place && trade.filled <= s)?.contract ?? chosen)));
}

/** The contracts that a decision closes so that others take their places, by place. */
function closedFor({ trades }: Position, reason: "adjust" | "rebalance", decision: number): readonly (number | undefined)[] {
  const held: (number | undefined)[] = [];
  for (const { place, contract, exit } of trades) if (exit!.reason === reason && exit!.decision === decision) held[place] = contract;
  return held;
}
