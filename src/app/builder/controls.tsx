/** Controls of the language's own forms: symbol, expiry, strike, lots, waiting, costs. */
import { createSignal, For, Match, onMount, Show, Switch } from "solid-js";
import { isoDate, WEEKDAY_NAMES } from "../../core/time.ts";
import { pathText } from "../../core/strategy/text.ts";
import { useSession } from "../session/session.ts";
import type { ControlProps } from "./FieldView.tsx";
import { costForm, isKeys, isName, isNone, listOf, strikeForm, waitForm, type CostForm, type StrikeForm } from "./forms.ts";
import { Box, choice, NumberBox, Pick } from "./inputs.tsx";
import { useBuilder } from "./tools.ts";

/** Symbols of the data that are open, and of the market rules. */
export function SymbolPick(props: ControlProps) {
  const tools = useBuilder();
  const { data } = useSession();
  const [ruled, setRuled] = createSignal<readonly string[]>([]);
  let host!: HTMLSpanElement;
  onMount(() => {
    // The rules are large, and wanted only by who looks for another symbol.
    const load = () => void import("../../core/market/data/symbols.ts").then(({ SYMBOLS }) => setRuled(SYMBOLS.map(({ symbol }) => symbol)), () => undefined);
    host.addEventListener("focusin", load, { once: true });
    host.addEventListener("pointerenter", load, { once: true });
  });
  const symbols = () => [...new Set([...(data.summary()?.symbols.map(({ symbol }) => symbol) ?? []), ...ruled()])];
  return (
    <span ref={host}>
      <Pick path={props.path} label={props.label} invalid={props.invalid} value={String(tools.value(props.path) ?? "")} choices={symbols().map((id) => ({ id, label: id }))} onPick={(id) => tools.set(props.path, id)} />
    </span>
  );
}

const ON_A_DATE = "date";

export function Expiry(props: ControlProps) {
  const tools = useBuilder();
  const facts = () => tools.facts(props.path);
  const value = () => tools.value(props.path);
  const isDate = () => /^\d/.test(String(value() ?? ""));
  const none = () => facts().standard === null;
  const shown = () => (isDate() ? ON_A_DATE : isNone(value()) ? (none() ? "none" : String(facts().standard)) : String(value()));
  function pick(next: string) {
    if (next === "none") tools.remove(props.path);
    else tools.set(props.path, next === ON_A_DATE ? isoDate(Math.floor(Date.now() / 86_400_000)) : next);
  }
  const words = () => [...new Set([...(none() ? ["none"] : []), ...facts().words])];
  return (
    <span class="pair">
      <Pick path={props.path} label={props.label} invalid={props.invalid} value={shown()} choices={[...words().map(choice), { id: ON_A_DATE, label: "on a date" }]} onPick={pick} />
      <Show when={isDate()}>
        <Box path={props.path} label={`${props.label} date`} date value={value()} invalid={props.invalid} onSet={(next) => tools.set(props.path, next ?? "")} />
      </Show>
    </span>
  );
}

/** `[min, max]` */
export function Range(props: ControlProps) {
  const tools = useBuilder();
  const ends = () => listOf(tools.value(props.path));
  function set(index: number, next: unknown) {
    const both = [0, 1].map((i) => (i === index ? (next ?? null) : (ends()[i] ?? null)));
    if (both.every((one) => one === null)) tools.remove(props.path);
    else tools.set(props.path, both);
  }
  return (
    <span class="pair">
      <Box path={[...props.path, 0]} label={`${props.label}, least`} numeric placeholder="any" value={ends()[0]} invalid={props.invalid} onSet={(next) => set(0, next)} />
      <span class="unit">to</span>
      <Box path={[...props.path, 1]} label={`${props.label}, most`} numeric placeholder="any" value={ends()[1]} invalid={props.invalid} onSet={(next) => set(1, next)} />
    </span>
  );
}

/** Any of the words that the schema knows for the entries of a list. */
export function Words(props: ControlProps) {
  const tools = useBuilder();
  return <Ticks {...props} words={tools.facts([...props.path, 0]).words} />;
}

export function Days(props: ControlProps) {
  return <Ticks {...props} words={WEEKDAY_NAMES} />;
}

function Ticks(props: ControlProps & { readonly words: readonly string[] }) {
  const tools = useBuilder();
  const value = () => tools.value(props.path);
  const ticked = () => listOf(value() ?? tools.facts(props.path).standard).map((word) => String(word).toLowerCase());
  function tick(word: string, on: boolean) {
    const next = props.words.filter((one) => (one === word ? on : ticked().includes(one.toLowerCase())));
    if (next.length === 0) tools.remove(props.path);
    else tools.set(props.path, next);
  }
  return (
    <Show when={!isName(value())} fallback={<Box path={props.path} label={props.label} value={value()} onSet={(next) => (next === undefined ? tools.remove(props.path) : tools.set(props.path, next))} />}>
      <span class="ticks">
        <For each={props.words}>
          {(word, i) => (
            <label class="tick">
              <input type="checkbox" data-path={i() === 0 ? pathText(props.path) : undefined} checked={ticked().includes(word.toLowerCase())} onChange={(event) => tick(word, event.currentTarget.checked)} />
              {word.replaceAll("_", " ")}
            </label>
          )}
        </For>
      </span>
    </Show>
  );
}

/** Buy or sell, and how many. */
export function Lots(props: ControlProps) {
  const tools = useBuilder();
  const value = () => tools.value(props.path);
  const sells = () => typeof value() === "number" && (value() as number) < 0;
  const shown = () => (typeof value() === "number" ? Math.abs(value() as number) : value());
  return (
    <span class="pair">
      <Show when={!isName(value())}>
        <Pick path={props.path} label="Side" value={sells() ? "sell" : "buy"} choices={["sell", "buy"].map(choice)} onPick={(side) => tools.set(props.path, (side === "sell" ? -1 : 1) * Math.abs(Number(shown()) || 1))} />
      </Show>
      <Box path={props.path} label={props.label} numeric value={shown()} invalid={props.invalid} onSet={(next) => tools.set(props.path, typeof next === "number" && next > 0 && sells() ? -next : (next ?? null))} />
    </span>
  );
}

const STRIKES: Readonly<Record<StrikeForm, { readonly label: string; readonly start: unknown; readonly unit?: string }>> = {
  none: { label: "its own", start: undefined },
  atm: { label: "ATM", start: { atm: 0 }, unit: "OTM" },
  strike: { label: "strike", start: { strike: 50_000 } },
  premium: { label: "premium near", start: { premium: 100 }, unit: "₹" },
  range: { label: "premium from", start: { premium: { min: 80, max: 120 } } },
  delta: { label: "delta near", start: { delta: 0.25 } },
  theta: { label: "most theta", start: { theta: "max", within: 10 }, unit: "steps" },
  straddle_width: { label: "straddles out", start: { straddle_width: 0.5 }, unit: "×" },
};

/** How the contract is chosen. A leg without a selector takes the one at the money, a roll that of its leg. */
export function Strike(props: ControlProps) {
  const tools = useBuilder();
  const value = () => tools.value(props.path);
  const ofLeg = () => props.field.key === "strike";
  const future = () => ofLeg() && tools.value([...props.path.slice(0, -1), "cp"]) === "FUT";
  const form = () => {
    const found = strikeForm(value()) ?? "none";
    return found === "none" && ofLeg() ? "atm" : found;
  };
  const choices = () => (Object.keys(STRIKES) as StrikeForm[]).filter((id) => id !== "none" || !ofLeg()).map((id) => ({ id, label: STRIKES[id].label }));
  const pick = (next: string) => (next === "none" ? tools.remove(props.path) : tools.set(props.path, STRIKES[next as StrikeForm].start));
  const number = (key: readonly (string | number)[], label: string, unit?: string, placeholder?: string) => (
    <NumberBox path={[...props.path, ...key]} label={label} unit={unit} placeholder={placeholder} needed invalid={props.invalid} />
  );
  return (
    <Show when={!future() || !isNone(value())} fallback={<span class="muted small">the nearest future</span>}>
      <span class="pair">
        <Pick path={props.path} label={props.label} invalid={props.invalid} value={form()} choices={choices()} onPick={pick} />
        <Switch>
          <Match when={form() === "range"}>
            {number(["premium", "min"], `${props.label}, least premium`)}
            {number(["premium", "max"], `${props.label}, most premium`)}
          </Match>
          <Match when={form() === "theta"}>{number(["within"], `${props.label} within`, "steps")}</Match>
          <Match when={form() !== "none"}>{number([form()], `${props.label} value`, STRIKES[form()].unit, form() === "atm" ? "0" : undefined)}</Match>
        </Switch>
      </span>
    </Show>
  );
}

const WAITS = [
  { id: "none", label: "none" },
  { id: "pct", label: "moves %" },
  { id: "points", label: "moves points" },
  { id: "break", label: "range break" },
];

export function Wait(props: ControlProps) {
  const tools = useBuilder();
  const form = () => waitForm(tools.value(props.path)) ?? "none";
  const pick = (next: string) => (next === "none" ? tools.remove(props.path) : tools.set(props.path, next === "break" ? { break: "high", minutes: 15 } : { [next]: 10 }));
  return (
    <span class="pair">
      <Pick path={props.path} label={props.label} invalid={props.invalid} value={form()} choices={WAITS} onPick={pick} />
      <Switch>
        <Match when={form() === "break"}>
          <Pick path={[...props.path, "break"]} label="Break" value={String(tools.value([...props.path, "break"]))} choices={["high", "low"].map(choice)} onPick={(next) => tools.set([...props.path, "break"], next)} />
          <NumberBox path={[...props.path, "minutes"]} label="First minutes" unit="min" needed invalid={props.invalid} />
        </Match>
        <Match when={form() !== "none"}>
          <NumberBox path={[...props.path, form()]} label={`${props.label} amount`} needed invalid={props.invalid} />
        </Match>
      </Switch>
    </span>
  );
}

/** `1h`, or `{every: 1h, align: clock}`. */
export function Rebalance(props: ControlProps) {
  const tools = useBuilder();
  const value = () => tools.value(props.path);
  const every = () => {
    const found = value();
    return isNone(found) ? "none" : String(isKeys(found) ? found.every : found);
  };
  const align = () => {
    const found = value();
    return String((isKeys(found) ? found.align : undefined) ?? "window");
  };
  const words = () => [...new Set(["none", ...tools.facts(props.path).words])].map((id) => ({ id, label: id }));
  function pickEvery(next: string) {
    if (next === "none") tools.remove(props.path);
    else if (isKeys(value())) tools.set([...props.path, "every"], next);
    else tools.set(props.path, next);
  }
  return (
    <span class="pair">
      <Pick path={props.path} label={props.label} invalid={props.invalid} value={every()} choices={words()} onPick={pickEvery} />
      <Show when={every() !== "none"}>
        <Pick path={[...props.path, "align"]} label="Counted from" value={align()} choices={["window", "clock"].map(choice)} onPick={(next) => tools.set(props.path, next === "window" ? every() : { every: every(), align: next })} />
      </Show>
    </span>
  );
}

const COST_FORMS: readonly { readonly id: CostForm; readonly label: string }[] = [
  { id: "nse", label: "NSE schedule of the day" },
  { id: "none", label: "none" },
  { id: "own", label: "own rates" },
];
const COST_STARTS: Readonly<Record<CostForm, object>> = { nse: { preset: "nse" }, none: { none: true }, own: { per_order: 20, per_lot: 0, taxes_bps: 0 } };
const COST_RATES = [
  { key: "per_order", label: "Per order", unit: "₹/order" },
  { key: "per_lot", label: "Per lot", unit: "₹/lot" },
  { key: "taxes_bps", label: "Taxes", unit: "bps" },
];

export function Costs(props: ControlProps) {
  const tools = useBuilder();
  const form = () => costForm(tools.value(props.path)) ?? "nse";
  return (
    <span class="pair">
      <Pick path={props.path} label={props.label} invalid={props.invalid} value={form()} choices={COST_FORMS} onPick={(next) => tools.set(props.path, COST_STARTS[next as CostForm])} />
      <Show when={form() === "own"}>
        <For each={COST_RATES}>{({ key, label, unit }) => <NumberBox path={[...props.path, key]} label={label} unit={unit} placeholder="0" needed invalid={props.invalid} />}</For>
      </Show>
    </span>
  );
}
