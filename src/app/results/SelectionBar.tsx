import { For, Show } from "solid-js";
import { RESULT_UNITS, type ResultUnit } from "../../core/results/result-unit.ts";
import { isoDate, parseIsoDate, WEEKDAY_NAMES } from "../../core/time.ts";
import { useSession } from "../session/session.ts";
import { UNIT_WORDS } from "../ui/amount.ts";
import type { TradeLabels } from "../../core/results/labels.ts";
import type { NamedVariant } from "../../core/results/types.ts";

/** A list of more variants takes a browser seconds to draw: they are chosen by their number. */
const MOST_LISTED = 500;

function VariantNumber(props: { variants: readonly NamedVariant[] }) {
  const { results } = useSession();
  const place = () => results.selection().variant;
  return (
    <>
      <input
        type="number"
        aria-label="Variant"
        min="1"
        max={props.variants.length}
        value={place() + 1}
        onChange={(event) => {
          const wanted = Math.round(event.currentTarget.valueAsNumber);
          if (wanted >= 1 && wanted <= props.variants.length) results.select({ variant: wanted - 1 });
          event.currentTarget.value = String(place() + 1);
        }}
      />
      <span class="muted">{variantWords(`v${place() + 1}`, props.variants[place()])}</span>
    </>
  );
}

/** The one selection that all views of the results share, and the unit that they are read in. */
export function SelectionBar(props: { labels: TradeLabels; params: readonly NamedVariant[] }) {
  const { results, preferences, setPreferences } = useSession();
  const chosen = results.selection;
  /** What there is to choose, with what has been: a link chooses before there is a run. */
  const keys = (part: "dte" | "window") => {
    const own = chosen()[part];
    return [...new Set([...(results.parts()?.[part].map(({ key }) => key) ?? []), ...(own === null ? [] : [String(own)])])];
  };
  const number = (text: string) => (text === "" ? null : Number(text));
  return (
    <div class="selection" role="group" aria-label="Selection">
      <Show when={props.labels.variants.length > 1}>
        <label>
          Variant
          <Show when={props.labels.variants.length <= MOST_LISTED} fallback={<VariantNumber variants={props.params} />}>
            <select aria-label="Variant" value={chosen().variant} onChange={(event) => results.select({ variant: Number(event.currentTarget.value) })}>
              <For each={props.labels.variants}>{(name, i) => <option value={i()}>{variantWords(name, props.params[i()])}</option>}</For>
            </select>
          </Show>
        </label>
      </Show>
      <label>
        From
        <input type="date" aria-label="From date" value={chosen().from === null ? "" : isoDate(chosen().from ?? 0)} onChange={(event) => results.select({ from: parseIsoDate(event.currentTarget.value) ?? null })} />
      </label>
      <label>
        to
        <input type="date" aria-label="To date" value={chosen().to === null ? "" : isoDate(chosen().to ?? 0)} onChange={(event) => results.select({ to: parseIsoDate(event.currentTarget.value) ?? null })} />
      </label>
      <label>
        Weekday
        <select aria-label="Weekday" value={chosen().weekday ?? ""} onChange={(event) => results.select({ weekday: number(event.currentTarget.value) })}>
          <option value="">all</option>
          <For each={WEEKDAY_NAMES}>{(name, i) => <option value={i() + 1}>{name}</option>}</For>
        </select>
      </label>
      <label title="Calendar days to the expiry">
        DTE
        <select aria-label="DTE" onChange={(event) => results.select({ dte: number(event.currentTarget.value) })}>
          <option value="">all</option>
          <For each={keys("dte")}>{(key) => <option value={key} selected={key === String(chosen().dte)}>{key}</option>}</For>
        </select>
      </label>
      <Show when={keys("window").length > 1 || chosen().window !== null}>
        <label>
          Window
          <select aria-label="Window" onChange={(event) => results.select({ window: number(event.currentTarget.value) })}>
            <option value="">all</option>
            <For each={keys("window")}>{(key) => <option value={key} selected={key === String(chosen().window)}>{key}</option>}</For>
          </select>
        </label>
      </Show>
      <button type="button" class="quiet" disabled={results.everything()} onClick={results.selectAll}>
        Show all
      </button>
      <span class="grow" />
      <label>
        in
        <select aria-label="Unit of results" value={preferences.unit} onChange={(event) => setPreferences("unit", event.currentTarget.value as ResultUnit)}>
          <For each={RESULT_UNITS}>{(unit) => <option value={unit}>{UNIT_WORDS[unit].label}</option>}</For>
        </select>
      </label>
      <Show when={preferences.unit === "return"}>
        <label title="What one lot of a position's largest leg ties up, in rupees">
          of ₹
          <input
            type="number"
            aria-label="Capital per lot, rupees"
            min="1"
            step="1000"
            value={preferences.capitalPerLot}
            onChange={(event) => {
              const wanted = event.currentTarget.valueAsNumber;
              if (wanted > 0) setPreferences("capitalPerLot", wanted);
              event.currentTarget.value = String(preferences.capitalPerLot);
            }}
          />
        </label>
      </Show>
    </div>
  );
}

/** `v3 · stop 30, wait 2` */
export function variantWords(name: string, summary: NamedVariant | undefined): string {
  const swept = Object.entries(summary?.params ?? {}).map(([param, value]) => `${param} ${String(value)}`);
  return swept.length === 0 ? name : `${name} · ${swept.join(", ")}`;
}
