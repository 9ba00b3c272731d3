import { For, Match, Show, Switch, type JSX } from "solid-js";
import { SEEN_FACTS } from "../../core/facts/day-facts.ts";
import { REGIMES } from "../../core/facts/regimes.ts";
import { COLUMNS, FIELDS, MACD_LINES, type AliasName, type ArgInfo, type MetricName } from "../../core/strategy/metrics.ts";
import { NAMED_SERIES, readSeries, seriesKind } from "../../core/strategy/series.ts";
import type { Path } from "../../core/strategy/text.ts";
import { isKeys, listOf } from "./forms.ts";
import { Box, choice, NumberBox, Pick, type Choice } from "./inputs.tsx";
import { argsOf, isContract } from "./rule.ts";
import { useBuilder } from "./tools.ts";

export interface MetricArgsProps {
  readonly path: Path;
  readonly name: MetricName | AliasName;
  /** Of the operand. */
  readonly of: string;
  /** Draws an argument that is a metric itself. */
  inner(path: Path, name: string): JSX.Element;
}

/** The arguments of a metric. A metric that stands as its name alone takes the long form with its first argument. */
export function MetricArgs(props: MetricArgsProps) {
  const tools = useBuilder();
  const args = () => {
    const value = tools.value(props.path);
    return isKeys(value) && isKeys(value.args) ? value.args : {};
  };
  const set = (key: string, value: unknown) => tools.set(props.path, { metric: props.name, args: { ...args(), [key]: value } });
  function clear(key: string) {
    const { [key]: _, ...rest } = args();
    tools.set(props.path, Object.keys(rest).length === 0 ? { metric: props.name } : { metric: props.name, args: rest });
  }
  return (
    <Show when={argsOf(props.name).length > 0}>
      <div class="args">
        <For each={argsOf(props.name)}>
          {([key, info]) => <Arg path={[...props.path, "args"]} key={key} info={info} args={args()} label={`${props.of}, ${key}`} inner={props.inner} onSet={(value, as = key) => (value === undefined ? clear(as) : set(as, value))} />}
        </For>
      </div>
    </Show>
  );
}

interface ArgProps {
  readonly path: Path;
  readonly key: string;
  readonly info: ArgInfo;
  readonly args: Readonly<Record<string, unknown>>;
  readonly label: string;
  inner: MetricArgsProps["inner"];
  /** undefined: the argument goes; `as` where a span is written as minutes. */
  onSet(value: unknown, as?: string): void;
}

function Arg(props: ArgProps) {
  const value = () => props.args[props.key];
  const standard = () => ("default" in props.info && props.info.default !== undefined ? String(props.info.default) : undefined);
  const words = (): readonly string[] | undefined => {
    switch (props.info.kind) {
      case "field":
        return FIELDS;
      case "line":
        return MACD_LINES;
      case "column":
        return COLUMNS;
      case "fact":
        return SEEN_FACTS;
      case "regime":
        return REGIMES;
      default:
        return undefined;
    }
  };
  return (
    <span class="arg">
      <span class="arg-name">{props.key}</span>
      <Switch fallback={<Box path={[...props.path, props.key]} label={props.label} numeric={props.info.kind !== "bar"} value={value()} placeholder={standard()} onSet={props.onSet} />}>
        <Match when={props.info.kind === "metric"}>{props.inner([...props.path, props.key], props.label)}</Match>
        <Match when={props.info.kind === "series" && props.info}>{(info) => <Series {...props} accepts={info().accepts} standard={standard() ?? ""} />}</Match>
        <Match when={props.info.kind === "span"}>
          <Span {...props} />
        </Match>
        <Match when={words()}>{(known) => <Pick path={[...props.path, props.key]} label={props.label} value={String(value() ?? standard() ?? "")} choices={known().map(choice)} onPick={(word) => props.onSet(word)} />}</Match>
      </Switch>
    </span>
  );
}

/** Seconds, or minutes where it is written so. */
function Span(props: ArgProps) {
  const unit = () => ("minutes" in props.args ? "minutes" : "seconds");
  return <Box path={[...props.path, unit()]} label={props.label} numeric unit={unit() === "minutes" ? "min" : "s"} value={props.args[unit()]} onSet={(next) => props.onSet(next ?? null, unit())} />;
}

const STEPS_OUT = [
  { id: "atm", label: "steps out, spliced" },
  { id: "atm@now", label: "steps out, now" },
];

function Series(props: ArgProps & { readonly accepts: readonly string[]; readonly standard: string }) {
  const tools = useBuilder();
  const value = () => props.args[props.key];
  const contract = () => {
    const found = value();
    return isContract(found) ? found : undefined;
  };
  const steps = () => ("atm" in (contract() ?? {}) ? "atm" : "atm@now");
  const legs = () => Math.max(1, ...[tools.value(["entry", "legs"]), ...listOf(tools.value(["entries"])).map((block) => (isKeys(block) ? block.legs : undefined))].map((list) => listOf(list).length));
  const choices = (): Choice[] => {
    const series = [...NAMED_SERIES, ...Array.from({ length: legs() }, (_, i) => `leg:${i + 1}`)].filter((form) => props.accepts.includes(seriesKind(readSeries(form))));
    return [...series.map((id) => ({ id, label: id.replaceAll("_", " ") })), ...(props.accepts.includes("contract") ? STEPS_OUT : [])];
  };
  const pick = (next: string) => props.onSet(next === "atm" || next === "atm@now" ? { [next]: contract()?.[steps()] ?? 1, cp: contract()?.cp ?? "CE" } : next);
  return (
    <span class="pair">
      <Pick path={[...props.path, props.key]} label={props.label} value={contract() ? steps() : String(value() ?? props.standard)} choices={choices()} onPick={pick} />
      <Show when={contract()}>
        {(found) => (
          <>
            <NumberBox path={[...props.path, props.key, steps()]} label={`${props.label}, steps`} needed />
            <Pick path={[...props.path, props.key, "cp"]} label={`${props.label}, side`} value={String(found().cp)} choices={["CE", "PE"].map(choice)} onPick={(cp) => props.onSet({ ...found(), cp })} />
          </>
        )}
      </Show>
    </span>
  );
}
