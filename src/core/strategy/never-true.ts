/**
 * Finds conditions that can never be true. A comparison says how far apart two things are at most; so do the bounds of a
 * metric and the order of two metrics. If a chain of such limits leads back to where it began with a sum below zero,
 * nothing can satisfy all of them.
 */
import { seriesOf, type Condition, type Metric, type Operand } from "./condition.ts";
import type { Comparison } from "./condition-schema.ts";
import { conditionWords, operandWords } from "./condition-words.ts";
import { intervalOf, type KnownBounds } from "./operand-interval.ts";
import { seriesKey } from "./series.ts";
import type { Path } from "./text.ts";

/** upper − lower ≤ limit; null stands for the number 0. */
interface Limit {
  readonly upper: Operand | null;
  readonly lower: Operand | null;
  readonly limit: number;
  readonly claim?: Condition;
  readonly fact?: string;
}

/** Above by less than this is equal (semantics §5). */
const STRICTLY = 1e-9;
/** Ways for a condition to be true beyond which it is not looked into. */
const MOST_WAYS = 128;
/** Pairs of comparisons over all ways, likewise. */
const MOST_PAIRS = 20_000;

type Simple = Extract<Condition, { readonly lhs: Operand }>;

/** Every smallest part that can never be true, with its path below `path` and the reason in words. */
export function neverTrue(condition: Condition, bounds: KnownBounds, path: Path, negated = false): { readonly path: Path; readonly reason: string }[] {
  if ("node" in condition) return neverTrue(condition.node, bounds, [...path, "not"], !negated);
  const own = reasonAgainst(condition, bounds, negated);
  if (!("nodes" in condition)) return own === undefined ? [] : [{ path: [...path, condition.kind], reason: own }];
  const below = condition.nodes.flatMap((node, i) => neverTrue(node, bounds, [...path, condition.kind, i], negated));
  const together = own !== undefined && condition.nodes.every((node) => reasonAgainst(node, bounds, negated) === undefined);
  return together ? [{ path: [...path, condition.kind], reason: own }, ...below] : below;
}

function reasonAgainst(condition: Condition, bounds: KnownBounds, negated: boolean): string | undefined {
  const ways = waysToBeTrue(condition, negated);
  if (!ways || ways.reduce((pairs, way) => pairs + way.length ** 2, 0) > MOST_PAIRS) return undefined;
  let reason: string | undefined;
  for (const way of ways) {
    const found = contradiction(way, bounds);
    if (found === undefined) return undefined;
    reason ??= found;
  }
  return reason;
}

/** Alternatives, each a set of comparisons that hold together; undefined where there are too many. */
function waysToBeTrue(condition: Condition, negated: boolean): readonly (readonly Simple[])[] | undefined {
  if ("node" in condition) return waysToBeTrue(condition.node, !negated);
  if (condition.kind === "between") {
    const { x, low, high, key } = condition;
    if (!negated) return [[{ kind: "gte", lhs: x, rhs: low, key }, { kind: "lte", lhs: x, rhs: high, key }]];
    return [[{ kind: "lt", lhs: x, rhs: low, key }], [{ kind: "gt", lhs: x, rhs: high, key }]];
  }
  if (!("nodes" in condition)) return waysOf(condition, negated);
  let ways: (readonly Simple[])[] = (condition.kind === "all") !== negated ? [[]] : [];
  for (const node of condition.nodes) {
    const more = waysToBeTrue(node, negated);
    if (!more) return undefined;
    ways = (condition.kind === "all") !== negated ? ways.flatMap((way) => more.map((other) => [...way, ...other])) : [...ways, ...more];
    if (ways.length > MOST_WAYS) return undefined;
  }
  return ways;
}

const OPPOSITE: Readonly<Partial<Record<Comparison, Comparison>>> = { gt: "lte", gte: "lt", lt: "gte", lte: "gt", eq: "ne", ne: "eq" };

function waysOf(condition: Simple, negated: boolean): readonly (readonly Simple[])[] {
  const kind = negated ? OPPOSITE[condition.kind] : condition.kind;
  // Not to cross is possible anywhere.
  if (kind === undefined) return [[]];
  if (kind === "ne") return [[{ ...condition, kind: "lt" }], [{ ...condition, kind: "gt" }]];
  return [[{ ...condition, kind }]];
}

/** Why these comparisons cannot all hold; undefined when they can, as far as this tells. */
function contradiction(claims: readonly Simple[], bounds: KnownBounds): string | undefined {
  const limits = claims.flatMap((claim) => limitsOf(claim, bounds));
  const things = new Map<string, Operand>();
  for (const { upper, lower } of limits) for (const operand of [upper, lower]) if (operand) things.set(operand.key, operand);
  const operands = [...things.values()];
  limits.push(...operands.flatMap((operand) => boundsOf(operand, bounds)), ...operands.flatMap((lower) => operands.filter((upper) => upper !== lower && neverAbove(lower, upper)).map((upper) => orderOf(lower, upper))));
  const chain = chainBelowZero(limits, operands.length + 1);
  if (!chain) return undefined;
  const said = [...new Set(chain.flatMap(({ claim }) => (claim ? [conditionWords(claim)] : [])))];
  const facts = [...new Set(chain.flatMap(({ fact }) => (fact === undefined ? [] : [fact])))];
  if (facts.length > 0) return `${said.join(" and ")}, but ${facts.join(" and ")}`;
  return said.length > 1 ? `${said.join(" and ")} exclude each other` : said.join("");
}

function limitsOf(claim: Simple, bounds: KnownBounds): Limit[] {
  const [a, b] = [shifted(claim.lhs, bounds), shifted(claim.rhs, bounds)];
  const aOverB = (slack: number): Limit => ({ upper: a.thing, lower: b.thing, limit: b.shift - a.shift + slack, claim });
  const bOverA = (slack: number): Limit => ({ upper: b.thing, lower: a.thing, limit: a.shift - b.shift + slack, claim });
  switch (claim.kind) {
    case "gt":
    case "crosses_above":
      return [bOverA(-STRICTLY)];
    case "gte":
      return [bOverA(0)];
    case "lt":
    case "crosses_below":
      return [aOverB(-STRICTLY)];
    case "lte":
      return [aOverB(0)];
    case "eq":
      return [aOverB(0), bOverA(0)];
    case "ne":
      return [];
  }
}

/** An operand as something plus a number: `SPOT + 50` is SPOT shifted by 50. */
function shifted(operand: Operand, bounds: KnownBounds): { readonly thing: Operand | null; readonly shift: number } {
  const [least, most] = intervalOf(operand, bounds);
  if (least === most) return { thing: null, shift: least };
  if (operand.kind === "arithmetic" && (operand.op === "add" || operand.op === "sub")) {
    const parts = operand.operands.map((part) => shifted(part, bounds));
    const at = parts.findIndex(({ thing }) => thing !== null);
    const alone = parts.every(({ thing }, i) => i === at || thing === null) && (operand.op === "add" || at === 0);
    if (alone) return { thing: parts[at].thing, shift: parts.reduce((sum, { shift }, i) => sum + (operand.op === "sub" && i > 0 ? -shift : shift), 0) };
  }
  return { thing: operand, shift: 0 };
}

function boundsOf(operand: Operand, bounds: KnownBounds): Limit[] {
  const [least, most] = intervalOf(operand, bounds);
  return [
    ...(most === Infinity ? [] : [{ upper: operand, lower: null, limit: most, fact: `${operandWords(operand)} is never above ${boundWords(operand, most)}` }]),
    ...(least === -Infinity ? [] : [{ upper: null, lower: operand, limit: -least, fact: `${operandWords(operand)} is never below ${boundWords(operand, least)}` }]),
  ];
}

function boundWords(operand: Operand, bound: number): string {
  return operandWords({ kind: "constant", value: bound, key: "", time: operand.kind === "metric" && operand.name === "TIME" ? true : undefined });
}

function orderOf(lower: Operand, upper: Operand): Limit {
  return { upper: lower, lower: upper, limit: 0, fact: `${operandWords(lower)} is never above ${operandWords(upper)}` };
}

/** Metrics of one series that stand in this order in every second. */
const ORDERED: readonly (readonly Metric["name"][])[] = [
  ["LOW_DAY", "OPEN_DAY", "HIGH_DAY"],
  ["LOW_DAY", "SPOT", "HIGH_DAY"],
  ["LOW_DAY", "PRICE_LTP", "HIGH_DAY"],
  ["BID_L1", "MID", "ASK_L1"],
  ["BID_L1", "MICROPRICE", "ASK_L1"],
  ["PNL", "PEAK_PNL"],
];

/** Whether one operand is at most another by definition. */
function neverAbove(a: Operand, b: Operand): boolean {
  if (a.kind === "arithmetic" && a.op === "min" && a.operands.some(({ key }) => key === b.key)) return true;
  if (b.kind === "arithmetic" && (b.op === "max" || b.op === "abs") && b.operands.some(({ key }) => key === a.key)) return true;
  if (a.kind !== "metric" || b.kind !== "metric") return false;
  const rest = (metric: Metric) => metric.key.slice(metric.name.length);
  if (a.name === "VOL" && b.name === "VOL") return a.args.seconds < b.args.seconds && sameSeries(a, b);
  if (sameSeries(a, b)) {
    if (a.name === "ORB_LOW" && b.name === "ORB_HIGH") return true;
    if (a.name === "ORB_HIGH" && b.name === "ORB_HIGH") return a.args.minutes < b.args.minutes;
    if (a.name === "ORB_LOW" && b.name === "ORB_LOW") return a.args.minutes > b.args.minutes;
    if (a.name === "ORB_HIGH" && b.name === "HIGH_DAY") return true;
    if (a.name === "LOW_DAY" && b.name === "ORB_LOW") return true;
  }
  if (a.name === "BB_LOWER" && b.name === "BB_UPPER") return rest(a) === rest(b);
  if (rest(a) !== rest(b)) return false;
  return ORDERED.some((names) => names.includes(a.name) && names.indexOf(a.name) < names.indexOf(b.name));
}

function sameSeries(a: Metric, b: Metric): boolean {
  const [one, other] = [seriesOf(a), seriesOf(b)];
  return one !== undefined && other !== undefined && seriesKey(one) === seriesKey(other);
}

/** Bellman–Ford: limits that follow on each other, lead back to their start and sum below zero; undefined without any. */
function chainBelowZero(limits: readonly Limit[], things: number): readonly Limit[] | undefined {
  const keyOf = (operand: Operand | null) => operand?.key ?? "";
  const reach = new Map<string, { total: number; by?: Limit }>();
  for (const { upper, lower } of limits) for (const operand of [upper, lower]) reach.set(keyOf(operand), { total: 0 });
  let moved: Limit | undefined;
  for (let round = 0; round <= things; round++) {
    moved = undefined;
    for (const limit of limits) {
      const [from, to] = [reach.get(keyOf(limit.lower))!, reach.get(keyOf(limit.upper))!];
      if (from.total + limit.limit >= to.total - STRICTLY / 2) continue;
      [to.total, to.by] = [from.total + limit.limit, limit];
      moved = limit;
    }
    if (!moved) return undefined;
  }
  const before = (limit: Limit) => reach.get(keyOf(limit.lower))!.by!;
  let inside = moved!;
  for (let i = 0; i < things; i++) inside = before(inside);
  const chain = [inside];
  for (let limit = before(inside); limit !== inside; limit = before(limit)) chain.push(limit);
  return chain.reverse();
}
