/** The controls of the builder: one table a section. What each is for, its default and its words come from the schema. */
import type { Path } from "../../core/strategy/text.ts";

export type FieldKind =
  | "text" | "number" | "word" | "symbol" | "expiry" | "date" | "clock" | "range"
  | "words" | "dates" | "clocks" | "windows" | "days"
  | "lots" | "threshold" | "activation" | "move" | "strike" | "wait" | "rebalance" | "costs" | "condition" | "group";

export interface Field {
  readonly key: string;
  readonly label: string;
  readonly kind: FieldKind;
  /** Of a number. */
  readonly unit?: string;
  /** Cannot be left out of the set of keys in which it stands. */
  readonly needed?: true;
  /** Takes the whole width. */
  readonly wide?: true;
  /** Few strategies have it: it shows where it is given or asked for. */
  readonly rare?: true;
  /** Of a group: what stands in it, and what it begins with. */
  readonly fields?: readonly Field[];
  readonly start?: Readonly<Record<string, unknown>>;
}

export interface Section {
  readonly key: string;
  readonly title: string;
  readonly fields: readonly Field[];
}

const REENTRY: readonly Field[] = [
  { key: "on", label: "After", kind: "words" },
  { key: "times", label: "Times", kind: "number" },
  { key: "mode", label: "Mode", kind: "word" },
];

export const NAME: Field = { key: "name", label: "Name", kind: "text", needed: true, wide: true };

export const UNIVERSE: Section = {
  key: "universe",
  title: "Universe",
  fields: [
    { key: "symbol", label: "Symbol", kind: "symbol", needed: true },
    { key: "expiry", label: "Expiry", kind: "expiry" },
    { key: "dte", label: "Days to expiry", kind: "range" },
    { key: "spot", label: "Spot from", kind: "word", rare: true },
    { key: "spot_max_age", label: "Oldest spot", kind: "number", rare: true, unit: "s" },
    { key: "expiry_missing", label: "Expiry without rows", kind: "word", rare: true },
    { key: "greeks", label: "Greeks", kind: "word", rare: true },
  ],
};

export const TIME: Section = {
  key: "time",
  title: "Time",
  fields: [
    { key: "window", label: "Windows", kind: "windows", wide: true },
    { key: "days", label: "Days", kind: "days", wide: true },
    { key: "from", label: "From", kind: "date" },
    { key: "to", label: "To", kind: "date" },
    { key: "include", label: "Only these dates", kind: "dates", rare: true, wide: true },
    { key: "exclude", label: "Without these dates", kind: "dates", rare: true, wide: true },
  ],
};

export const WHEN: Field = { key: "when", label: "When", kind: "condition", wide: true };
export const FILTER: Field = { key: "filter", label: "Filter", kind: "condition", rare: true, wide: true };

/** Without its legs, which have a section of their own. */
export const ENTRY: Section = {
  key: "entry",
  title: "Entry",
  fields: [
    { key: "at", label: "At", kind: "clocks", wide: true },
    WHEN,
    { key: "trigger", label: "Trigger", kind: "word" },
    { key: "max_per_day", label: "Most a day", kind: "number" },
    { key: "cooldown", label: "Cooldown", kind: "number", rare: true, unit: "s" },
    { key: "until", label: "Until", kind: "clock", rare: true },
    { key: "rebalance", label: "Rebalance", kind: "rebalance" },
    FILTER,
    { key: "reentry", label: "Re-entry of the position", kind: "group", rare: true, wide: true, fields: REENTRY, start: { times: 1 } },
  ],
};

export const LEG: readonly Field[] = [
  { key: "lots", label: "Lots", kind: "lots", needed: true },
  { key: "cp", label: "Kind", kind: "word", needed: true },
  { key: "strike", label: "Strike", kind: "strike" },
];

export const LEG_RULES: readonly Field[] = [
  { key: "stop_loss", label: "Stop-loss", kind: "threshold" },
  { key: "target", label: "Target", kind: "threshold" },
  { key: "wait", label: "Wait", kind: "wait", rare: true },
  { key: "expiry", label: "Own expiry", kind: "expiry", rare: true },
  { key: "reentry", label: "Re-entry", kind: "group", rare: true, wide: true, fields: REENTRY, start: { times: 1 } },
];

export const EXIT: Section = {
  key: "exit",
  title: "Exit",
  fields: [
    { key: "stop_loss", label: "Stop-loss", kind: "threshold" },
    { key: "target", label: "Target", kind: "threshold" },
    { key: "at", label: "At", kind: "clock" },
    { key: "on_leg_stop", label: "On a leg's stop", kind: "word", rare: true },
    { key: "on_leg_target", label: "On a leg's target", kind: "word", rare: true },
    {
      key: "trail", label: "Trail", kind: "group", wide: true, start: { step: { pct: 10 } },
      fields: [{ key: "activate", label: "Activate at", kind: "activation" }, { key: "step", label: "Step", kind: "threshold", needed: true }],
    },
    {
      key: "lock", label: "Lock", kind: "group", wide: true, rare: true, start: { reach: { pct: 20 }, keep: { pct: 10 } },
      fields: [
        { key: "reach", label: "Reach", kind: "threshold", needed: true }, { key: "keep", label: "Keep", kind: "activation", needed: true },
        { key: "every", label: "Every", kind: "threshold" }, { key: "by", label: "By", kind: "threshold" },
      ],
    },
    {
      key: "premium", label: "Combined premium", kind: "group", wide: true, rare: true, start: { rise: { pct: 30 } },
      fields: [{ key: "rise", label: "Rise", kind: "move" }, { key: "fall", label: "Fall", kind: "move" }],
    },
    WHEN,
  ],
};

export const ADJUST: readonly Field[] = [
  WHEN,
  { key: "leg", label: "Rolls leg", kind: "number", needed: true },
  { key: "times", label: "Times", kind: "number" },
  { key: "to", label: "To", kind: "strike", wide: true },
];

export const FILL: Section = {
  key: "fill",
  title: "Fills",
  fields: [
    { key: "model", label: "Model", kind: "word" },
    { key: "latency", label: "Latency", kind: "number", unit: "s" },
    { key: "ttl", label: "Oldest price", kind: "number", unit: "s" },
    { key: "patience", label: "Patience", kind: "number", rare: true, unit: "s" },
    { key: "max_spread_ticks", label: "Widest spread", kind: "number", rare: true, unit: "ticks" },
    { key: "max_share", label: "Share of the book", kind: "number", rare: true },
    { key: "slice", label: "Slice", kind: "word", rare: true },
    {
      key: "slippage", label: "Slippage", kind: "group", wide: true, start: { base: 1 },
      fields: [
        { key: "base", label: "Base", kind: "number", unit: "ticks" },
        { key: "alpha_spread", label: "Of the spread", kind: "number", unit: "×" },
        { key: "beta_rv", label: "Of volatility", kind: "number", unit: "×" },
      ],
    },
  ],
};

export const COSTS: Field = { key: "costs", label: "Costs", kind: "costs", wide: true };

export const SAMPLING: Section = { key: "sampling", title: "Sampling", fields: [{ key: "first_trades", label: "Trades kept with inputs", kind: "number", wide: true }] };

/** The part of the builder in which a path of the strategy has its controls. */
export function partOf(path: string): string {
  const [key, next] = path.split(/[.[]/);
  if (key === "entry" && next === "legs") return "legs";
  if (key === "entries") return "entry";
  if (key === "params") return "sweep";
  return key === "costs" || key === "sampling" ? "fill" : key;
}

export interface Control {
  readonly path: Path;
  readonly field: Field;
}

/** Every control that the builder shows for a strategy, those inside groups included; params and sweep stand apart. */
export function controlsOf(data: Readonly<Record<string, unknown>>): Control[] {
  const at = (base: Path, fields: readonly Field[]): Control[] =>
    fields.flatMap((field) => {
      const path = [...base, field.key];
      return [{ path, field }, ...(field.fields ? at(path, field.fields) : [])];
    });
  const legs = (base: Path, list: unknown) => itemsOf(list).flatMap((_, i) => at([...base, "legs", i], [...LEG, ...LEG_RULES]));
  const sections = [UNIVERSE, TIME, ENTRY, EXIT, FILL, SAMPLING].flatMap(({ key, fields }) => at([key], fields));
  const blocks = itemsOf(data.entries).flatMap((block, i) => [...at(["entries", i], [WHEN]), ...legs(["entries", i], keyOf(block, "legs"))]);
  const rolls = itemsOf(data.adjust).flatMap((_, i) => at(["adjust", i], ADJUST));
  return [...at([], [NAME]), ...sections, ...legs(["entry"], keyOf(data.entry, "legs")), ...blocks, ...rolls, ...at([], [COSTS])];
}

export function itemsOf(list: unknown): readonly unknown[] {
  return Array.isArray(list) ? list : [];
}

function keyOf(value: unknown, key: string): unknown {
  return value !== null && typeof value === "object" ? (value as Record<string, unknown>)[key] : undefined;
}
