/** The schema of conditions and operands (semantics §5). What it gives is the language's normal form: aliases expanded, defaults filled in. */
import { z } from "../zod.ts";
import { SEEN_FACTS } from "../facts/day-facts.ts";
import { REGIMES } from "../facts/regimes.ts";
import { parseClock } from "../time.ts";
import { listed, suggestion } from "./nearest.ts";
import { ALIASES, ALIAS_NAMES, COLUMNS, FIELDS, MACD_LINES, METRIC_NAMES, metricInfo, standsAlone, type AliasName, type ArgInfo, type MetricName, type SeriesKind } from "./metrics.ts";
import { legOf, NAMED_SERIES, normalSeries, readSeries, seriesKind, type SeriesForm } from "./series.ts";

export const COMPARISONS = ["gt", "gte", "lt", "lte", "eq", "ne", "crosses_above", "crosses_below"] as const;
export const ARITHMETIC = ["add", "sub", "mul", "div", "min", "max"] as const;
export type Comparison = (typeof COMPARISONS)[number];
export type Arithmetic = (typeof ARITHMETIC)[number];

/** Args in normal form: a span is `seconds`. */
export type ArgForm = number | string | SeriesForm | MetricForm;
export interface MetricForm {
  readonly metric: MetricName;
  readonly args: Readonly<Record<string, ArgForm>>;
}
/** In normal form a text is a time. */
export type OperandForm = number | string | MetricForm | { readonly abs: OperandForm } | { readonly [O in Arithmetic]?: readonly OperandForm[] };
export type ConditionForm =
  | { readonly all: readonly ConditionForm[] }
  | { readonly any: readonly ConditionForm[] }
  | { readonly not: ConditionForm }
  | { readonly between: readonly [OperandForm, OperandForm, OperandForm] }
  | { readonly [C in Comparison]?: readonly [OperandForm, OperandForm] };

const isKeys = (input: unknown): input is Record<string, unknown> => input !== null && typeof input === "object" && !Array.isArray(input);

/**
 * A union of objects told apart by their one key, beside values of other kinds; `more` are objects known by one of their
 * keys. `wrong` says what is wrong with a value that is no set of keys.
 */
function keyed<T>(options: Readonly<Record<string, z.ZodType>>, more: Readonly<Record<string, z.ZodType>>, others: readonly z.ZodType[], wrong: (input: unknown) => string | undefined): z.ZodType<T> {
  const names = [...Object.keys(options), ...Object.keys(more)];
  const byKey = new Map([...Object.entries(options).map(([key, value]) => [key, z.strictObject({ [key]: value })] as const), ...Object.entries(more)]);
  const union = z.union([...others, ...byKey.values()] as [z.ZodType, z.ZodType], {
    error: ({ input }) => {
      if (!isKeys(input)) return wrong(input);
      const keys = Object.keys(input);
      if (keys.length === 1 || keys.some((key) => !names.includes(key))) return undefined;
      return `${keys.length === 0 ? "" : `${keys.join(" and ")} stand side by side, join them with all or any; `}allowed: exactly one of ${listed(names)}`;
    },
  });
  goStraight(union, (input) => {
    const [key, ...rest] = Object.keys(input);
    return key in more || (key in options && rest.length === 0) ? byKey.get(key) : undefined;
  });
  return union as unknown as z.ZodType<T>;
}

/**
 * Spares a union the trial of every option, and the reading of a part that it has read before: a sweep of 10,000
 * variants repeats most parts of its conditions, as the same objects.
 */
function goStraight(union: z.ZodType, optionOf: (input: object) => z.ZodType | undefined): void {
  const tryAll = union._zod.run;
  const read = new WeakMap<object, unknown>();
  union._zod.run = (payload, context) => {
    const { value: input } = payload;
    if (!isKeys(input)) return tryAll(payload, context);
    if (read.has(input)) {
      payload.value = read.get(input);
      return payload;
    }
    const outcome = (optionOf(input)?._zod.run ?? tryAll)(payload, context);
    if (!(outcome instanceof Promise) && outcome.issues.length === 0) read.set(input, outcome.value);
    return outcome;
  };
}

const SERIES_ALLOWED = `${listed(NAMED_SERIES)}, leg:1 …, {atm: 2, cp: CE} or {atm@now: 2, cp: CE}`;
const KIND_WORDS: Readonly<Record<SeriesKind, string>> = { index: "an index", future: "the future", contract: "one option", straddle: "a straddle" };
const steps = z.number().int().min(-200).max(200);
const side = z.enum(["CE", "PE"]);
const legText = z.string().refine((text) => legOf(text) !== undefined, { abort: true }).meta({ pattern: "^leg:[0-9]{1,2}$" });

/** By the kinds they accept: most metrics accept the same. */
const seriesSchemas = new Map<string, z.ZodType<SeriesForm>>();

function seriesSchema(accepts: readonly SeriesKind[]): z.ZodType<SeriesForm> {
  const key = accepts.join();
  const known = seriesSchemas.get(key) ?? newSeriesSchema(accepts);
  seriesSchemas.set(key, known);
  return known;
}

function newSeriesSchema(accepts: readonly SeriesKind[]): z.ZodType<SeriesForm> {
  return z
    .union([z.enum(NAMED_SERIES), legText, z.strictObject({ atm: steps, cp: side }), z.strictObject({ "atm@now": steps, cp: side })], {
      error: ({ input }) => (isKeys(input) ? undefined : `${typeof input === "string" ? suggestion(input, NAMED_SERIES) : ""}allowed series: ${SERIES_ALLOWED}`),
    })
    .transform((form, context) => {
      const kind = seriesKind(readSeries(form));
      if (!accepts.includes(kind)) context.addIssue({ code: "custom", message: `this metric has no value for ${KIND_WORDS[kind]}; allowed: a series of ${accepts.map((accepted) => KIND_WORDS[accepted]).join(" or ")}` });
      return normalSeries(form);
    }) as unknown as z.ZodType<SeriesForm>;
}

const BAR = /^(\d{1,5})([smh])$/;
const BAR_SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600 };

/** Seconds of a bar such as `30s`, `1m`, `1h`; undefined when it is none. */
export function barSeconds(text: string): number | undefined {
  const match = BAR.exec(text);
  const seconds = match ? Number(match[1]) * BAR_SECONDS[match[2]] : 0;
  return seconds > 0 ? seconds : undefined;
}

function normalBar(text: string): string {
  const seconds = barSeconds(text)!;
  return seconds % 3600 === 0 ? `${seconds / 3600}h` : seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
}

const BAR_ALLOWED = "allowed: a length such as 30s, 1m, 5m, 1h";
const bar = z.string({ error: BAR_ALLOWED }).refine((text) => barSeconds(text) !== undefined, { error: BAR_ALLOWED, abort: true }).meta({ pattern: BAR.source }).transform(normalBar);
const whole = (most: number) => z.number().int().min(1).max(most);

function argSchema(arg: Exclude<ArgInfo, { kind: "span" }>, standard: unknown): z.ZodType {
  switch (arg.kind) {
    case "series":
      return seriesSchema(arg.accepts).prefault(standard as SeriesForm);
    case "whole":
      return standard === undefined ? whole(arg.most) : whole(arg.most).default(standard as number);
    case "number": {
      const number = z.number().max(arg.most);
      return (arg.above === undefined ? number.min(arg.least!) : number.gt(arg.above)).default(arg.default);
    }
    case "bar":
      return bar.prefault(arg.default);
    case "field":
      return z.enum(FIELDS).default(arg.default);
    case "line":
      return z.enum(MACD_LINES).default(arg.default);
    case "column":
      return z.enum(COLUMNS);
    case "fact":
      return z.enum(SEEN_FACTS as [string, ...string[]]);
    case "regime":
      return z.enum(REGIMES);
    case "metric":
      return z.lazy(() => metric);
  }
}

const SPAN_ALLOWED = "allowed: exactly one of seconds and minutes, a whole number from 1";

/** The schema of a metric's args. `given` holds what an alias fills in: other defaults, or a fixed span. */
function argsSchema(name: MetricName, given: { readonly of?: string; readonly seconds?: number }): z.ZodType<MetricForm["args"]> {
  const shape: Record<string, z.ZodType> = {};
  let span = false;
  for (const [key, arg] of Object.entries(metricInfo(name).args)) {
    if (arg.kind === "span") {
      span = given.seconds === undefined;
      if (span) Object.assign(shape, { seconds: whole(100_000).optional(), minutes: whole(1_000).optional() });
    } else shape[key] = argSchema(arg, key === "of" && given.of !== undefined ? given.of : "default" in arg ? arg.default : undefined);
  }
  return z
    .strictObject(shape)
    .transform((args, context) => {
      const { seconds, minutes, ...rest } = args as Record<string, number | undefined>;
      if (span && (seconds === undefined) === (minutes === undefined)) context.addIssue({ code: "custom", message: SPAN_ALLOWED });
      if (span) return { seconds: seconds ?? (minutes ?? 0) * 60, ...rest };
      return given.seconds === undefined ? args : { seconds: given.seconds, ...rest };
    })
    .transform((args, context) => {
      // Implied volatility belongs to one option, whether it is asked for as a metric or as the field of an indicator.
      if (args.field === "iv" && seriesKind(readSeries(args.of as SeriesForm)) !== "contract") context.addIssue({ code: "custom", path: ["field"], message: "iv is known of one option only; allowed with it: of: atm_ce, atm_pe, {atm: n, cp: CE}, leg:n" });
      return args;
    }) as unknown as z.ZodType<MetricForm["args"]>;
}

const names: readonly string[] = [...METRIC_NAMES, ...ALIAS_NAMES];
const alone = names.filter((name) => standsAlone(name as MetricName | AliasName)) as [string, ...string[]];

const metricObjects = new Map(
  names.map((name) => {
    const alias = ALIASES[name as AliasName] as (typeof ALIASES)[AliasName] | undefined;
    const base = alias?.metric ?? (name as MetricName);
    const args = argsSchema(base, alias?.args ?? {});
    return [name, z.strictObject({ metric: z.literal(name).meta({ description: metricInfo(base).help }), args: args.prefault({}) }).transform((form) => ({ metric: base, args: form.args }))];
  }),
);

const metricObject = z.discriminatedUnion("metric", [...metricObjects.values()] as unknown as [z.core.$ZodTypeDiscriminable], { error: ({ input }) => metricProblem((input as Record<string, unknown>)?.metric) });
const standing = new Map<string, MetricForm>();
const metricName = z.enum(alone).transform((name): MetricForm => {
  const known = standing.get(name) ?? metricObjects.get(name)!.parse({ metric: name });
  standing.set(name, known);
  return known;
});

function metricProblem(name: unknown): string {
  return `${typeof name === "string" ? suggestion(name, names) : ""}allowed metrics: ${listed(names)}`;
}

/** What is wrong with a text where a metric is wanted; undefined when it is one that stands alone. */
function nameProblem(text: string, besides: string): string | undefined {
  if (alone.includes(text)) return undefined;
  if (!names.includes(text)) return `${suggestion(text, names)}allowed: ${besides}a metric: ${listed(names)}`;
  const needed = Object.entries(metricInfo(text as MetricName).args).flatMap(([key, arg]) => (arg.kind === "span" ? ["seconds: 60"] : "default" in arg && arg.default !== undefined ? [] : [`${key}: …`]));
  return `it needs args; write {metric: ${text}, args: {${needed.join(", ")}}}`;
}

const metric: z.ZodType<MetricForm> = z.union([metricName, metricObject], {
  error: ({ input }) => (typeof input === "string" ? nameProblem(input, "") : isKeys(input) && "metric" in input ? undefined : "allowed: a metric such as SPOT, or {metric: EMA, args: {n: 5}}"),
}) as unknown as z.ZodType<MetricForm>;

const OPERAND_ALLOWED = `a number, a $NAME, a time such as "10:30", a metric such as SPOT or {metric: EMA, args: {n: 5}}, or {add: [a, b]} (${listed(ARITHMETIC)}, abs)`;
const time = z.string().refine((text) => parseClock(text) !== undefined, { abort: true }).meta({ pattern: "^[0-9]{1,2}(:[0-9]{2}){1,2}$" });
const operand: z.ZodType<OperandForm> = z.lazy(() =>
  keyed<OperandForm>(
    { ...Object.fromEntries(ARITHMETIC.map((name) => [name, z.array(operand).min(2).max(100)])), abs: z.union([z.tuple([operand]).transform(([x]) => x), operand], { error: ({ input }) => (Array.isArray(input) && input.length !== 1 ? "abs takes one operand" : undefined) }) },
    { metric: metricObject },
    [z.number(), metricName, time],
    (input) => (typeof input === "string" ? nameProblem(input, 'a number, a time such as "10:30", or ') : `allowed: ${OPERAND_ALLOWED}`),
  ),
);

const pair = z.lazy(() => z.tuple([operand, operand]));
const CONDITION_ALLOWED = `allowed: a condition such as {gt: [SPOT, 50000]}; its key is one of all, any, not, between, ${listed(COMPARISONS)}`;

/** A condition. Reading it fills in all defaults; reading the outcome again changes nothing. */
export const conditionSchema: z.ZodType<ConditionForm> = z.lazy(() =>
  keyed<ConditionForm>(
    {
      all: z.array(conditionSchema).min(1).max(1_000),
      any: z.array(conditionSchema).min(1).max(1_000),
      not: conditionSchema,
      ...Object.fromEntries(COMPARISONS.map((name) => [name, pair])),
      between: z.tuple([operand, operand, operand]),
    },
    {},
    [],
    () => CONDITION_ALLOWED,
  ),
);
