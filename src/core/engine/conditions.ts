/** Conditions of a strategy by second: those of the day alone once a day, those of a position over the seconds it is held. */
import { all as allOf, any as anyOf, between, compare, edges, nextTrue, not } from "../series/conditions.ts";
import { Condition, Series, type Operand } from "../series/series-day.ts";
import { metricsOf, type Condition as Node, type Metric } from "../strategy/condition.ts";
import { METRICS } from "../strategy/metrics.ts";
import { dependsOnLegs, type DayMetrics } from "./metrics.ts";

/** The open position's own series, rupees and seconds by second; known from its fill on. */
export interface PositionSeries {
  readonly PNL: Series;
  readonly PEAK_PNL: Series;
  readonly DRAWDOWN: Series;
  readonly HOLD_SECS: Series;
}

export class DayConditions {
  private readonly done = new Map<string, Condition>();

  constructor(readonly metrics: DayMetrics) {}

  /** A condition of the day alone. */
  of(node: Node): Condition {
    return this.shared(node.key, () => this.build(node, (metric) => this.metrics.metric(metric), (inner) => this.of(inner)));
  }

  /** The seconds in which it turns true. */
  edgesOf(node: Node): Condition {
    return this.shared(`edge ${node.key}`, () => edges(this.metrics.day, this.of(node)));
  }

  private shared(key: string, make: () => Condition): Condition {
    const known = this.done.get(key);
    if (known) return known;
    const condition = make();
    this.done.set(key, condition);
    return condition;
  }

  /** An entry's condition: true, or turning true, while the filter is true. */
  entry(when: Node, trigger: "level" | "edge", filter: Node | null): Condition {
    const own = trigger === "edge" ? this.edgesOf(when) : this.of(when);
    return filter === null ? own : this.shared(`${trigger} ${when.key} where ${filter.key}`, () => allOf(this.metrics.day, [own, this.of(filter)]));
  }

  /** Whether a condition of the day alone is true at a second. */
  holds(node: Node, s: number): boolean {
    return this.metrics.day.truth(this.of(node), s) === true;
  }

  /** First second in [from, to) in which a condition of an open position is true. */
  firstTrue(node: Node, contracts: readonly number[], position: () => PositionSeries, from: number, to: number): number | undefined {
    return this.held(node, contracts, position, (condition) => nextTrue(this.metrics.day, condition, from, to));
  }

  /** Every second in [from, to) in which a condition of an open position is true, ascending. */
  everyTrue(node: Node, contracts: readonly number[], position: () => PositionSeries, from: number, to: number): number[] {
    return this.held(node, contracts, position, (condition) => {
      const found: number[] = [];
      for (let s = nextTrue(this.metrics.day, condition, from, to); s !== undefined; s = nextTrue(this.metrics.day, condition, s + 1, to)) found.push(s);
      return found;
    });
  }

  /**
   * Reads a condition of an open position. What depends on the day or on the legs' contracts alone is computed once and
   * kept; the rest is given back at once.
   */
  private held<T>(node: Node, contracts: readonly number[], position: () => PositionSeries, read: (condition: Condition) => T): T {
    const { metrics } = this;
    const { day } = metrics;
    const metricsUsed = metricsOf(node);
    const ofPosition = (metric: Metric): boolean => METRICS_OF_POSITION.has(metric.name) || (metric.name === "LAG" && ofPosition(metric.args.x));
    if (!metricsUsed.some((metric) => ofPosition(metric) || dependsOnLegs(metric))) return read(this.of(node));
    // Everything that outlives this call is made before the mark that it is measured against.
    for (const metric of metricsUsed) if (!ofPosition(metric)) metrics.metric(metric, contracts);
    return day.kernels.scoped(() => {
      let own: PositionSeries | undefined;
      const metric = (wanted: Metric): Operand => {
        if (METRICS_OF_POSITION.has(wanted.name)) return (own ??= position())[wanted.name as keyof PositionSeries];
        return ofPosition(wanted) ? this.lagged(wanted, metric) : metrics.metric(wanted, contracts);
      };
      const build = (inner: Node): Condition => this.build(inner, metric, build);
      return read(build(node));
    });
  }

  private lagged(metric: Metric, resolve: (metric: Metric) => Operand): Operand {
    if (metric.name !== "LAG") return resolve(metric);
    const inner = resolve(metric.args.x);
    return this.metrics.lagged(inner, metric.args.seconds);
  }

  private build(node: Node, metric: (metric: Metric) => Operand, inner: (node: Node) => Condition): Condition {
    const { day } = this.metrics;
    const operand = (of: Parameters<DayMetrics["operand"]>[0]) => this.metrics.operand(of, metric);
    switch (node.kind) {
      case "all":
      case "any": {
        const [first, ...rest] = node.nodes.map(inner);
        return (node.kind === "all" ? allOf : anyOf)(day, [first, ...rest]);
      }
      case "not":
        return not(day, inner(node.node));
      case "between":
        return between(day, operand(node.x), operand(node.low), operand(node.high));
      default:
        return compare(day, node.kind, operand(node.lhs), operand(node.rhs));
    }
  }
}

const METRICS_OF_POSITION: ReadonlySet<string> = new Set(Object.entries(METRICS).flatMap(([name, info]) => ("exitOnly" in info ? name : [])));
