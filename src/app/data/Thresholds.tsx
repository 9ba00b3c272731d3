import { For, Show } from "solid-js";
import { MEASURES, measureText, type Measure } from "../../core/health/measures.ts";
import { parseClock } from "../../core/time.ts";
import { useSession } from "../session/session.ts";
import { counted } from "../ui/format.ts";

const MOST = { percent: 100, seconds: 86_400, count: 1_000_000_000 } as const;
const UNITS = { percent: "%", seconds: "s", count: "", clock: "" } as const;

/** The thresholds beyond which a day is not run; empty fields judge nothing. */
export function Thresholds() {
  const { health } = useSession();
  const set = () => Object.keys(health.thresholds()).length;
  return (
    <details>
      <summary>{set() === 0 ? "Thresholds: none, so every day runs" : `Thresholds: ${counted(set(), "is set", "are set")}; days beyond one are not run`}</summary>
      <div class="thresholds" role="group" aria-label="Thresholds">
        <For each={MEASURES}>{(measure) => <Threshold measure={measure} />}</For>
      </div>
    </details>
  );
}

function Threshold(props: { measure: Measure }) {
  const { health } = useSession();
  const { key, words, unit, bad } = props.measure;
  const value = () => health.thresholds()[key];
  return (
    <label>
      <span>{words}</span>
      <span class="row">
        <span class="muted bound">{unit === "clock" ? (bad === "above" ? "later than" : "before") : bad === "above" ? "more than" : "less than"}</span>
        <Show
          when={unit === "clock"}
          fallback={
            <input
              type="number" min="0" max={MOST[unit as keyof typeof MOST]} step={unit === "percent" ? "any" : "1"} value={value() ?? ""}
              onChange={(event) => {
                const wanted = event.currentTarget.valueAsNumber;
                if (event.currentTarget.validity.valid) health.setThreshold(key, Number.isNaN(wanted) ? undefined : wanted);
                else event.currentTarget.value = String(value() ?? "");
              }}
            />
          }
        >
          <input type="time" step="1" value={value() === undefined ? "" : measureText("clock", value())} onChange={(event) => health.setThreshold(key, parseClock(event.currentTarget.value))} />
        </Show>
        <span class="muted unit">{UNITS[unit]}</span>
      </span>
    </label>
  );
}
