import { createSignal, Match, onMount, Show, Switch } from "solid-js";
import { formatClock, isoDate, parseClock, parseIsoDate, weekdayName, type DayNumber } from "../../../core/time.ts";
import { useSession } from "../../session/session.ts";
import type { ReplayedDay } from "../../session/replay-session.ts";
import { ErrorNotice } from "../../ui/ErrorNotice.tsx";
import { counted } from "../../ui/format.ts";
import { createTurn } from "../../ui/later.ts";
import { Tabs } from "../../ui/Tabs.tsx";
import { DayChart } from "./DayChart.tsx";
import { DayDecisions } from "./DayDecisions.tsx";
import { DayReadout } from "./DayReadout.tsx";
import { Payoff } from "./Payoff.tsx";

type Side = "day-readout" | "day-payoff";

/** One day simulated again: spot, the legs' prices and the running result by second, with the inputs of every decision. */
export function DayView() {
  const { replay, run, results } = useSession();
  /** Stays from day to day. */
  const [side, setSide] = createSignal<Side>("day-readout");
  const loading = () => {
    const state = replay.state();
    return state.kind === "loading" ? state : undefined;
  };
  const failed = () => {
    const state = replay.state();
    return state.kind === "failed" ? state : undefined;
  };
  const date = () => replay.day()?.date ?? loading()?.date ?? failed()?.date ?? 0;
  let region!: HTMLElement;
  // It opens above the table of trades, out of which it may have been asked for.
  onMount(() => region.getBoundingClientRect().top < (region.closest(".panel")?.getBoundingClientRect().top ?? 0) && region.scrollIntoView());

  const days = () => run.results()?.spotSources.map((day) => day.date) ?? [];
  const before = () => days().findLast((day) => day < date());
  const after = () => days().find((day) => day > date());

  function turnTo(day: DayNumber | undefined) {
    if (day !== undefined) void replay.open(results.selection().variant, day, replay.second());
  }

  function goTo(input: HTMLInputElement) {
    const second = parseClock(input.value.trim());
    if (second !== undefined) replay.goTo(second);
    input.value = formatClock(replay.second());
    // Or the keys that step would be written into it.
    input.blur();
  }

  return (
    <section ref={region} class="day" role="region" aria-label="Day">
      <div class="section-head">
        <h2>
          {weekdayName(date())} {isoDate(date())}
        </h2>
        <Show when={replay.day()}>{(day) => <span class="muted">{dayWords(day())}</span>}</Show>
        <div class="actions">
          <button type="button" class="quiet" aria-label="Previous day" title="Previous day of the run" disabled={before() === undefined} onClick={() => turnTo(before())}>
            ‹
          </button>
          <input type="date" aria-label="Date of the day" title="Any date of the data" value={isoDate(date())} onChange={(event) => turnTo(parseIsoDate(event.currentTarget.value))} />
          <button type="button" class="quiet" aria-label="Next day" title="Next day of the run" disabled={after() === undefined} onClick={() => turnTo(after())}>
            ›
          </button>
          <button type="button" class="quiet" aria-label="One second back" title="One second back ( [ )" onClick={() => replay.step(-1)}>
            <kbd>[</kbd>
          </button>
          <input
            type="text"
            class="clock"
            aria-label="Second"
            title="IST; write a time to go there"
            inputmode="numeric"
            spellcheck={false}
            autocomplete="off"
            value={formatClock(replay.second())}
            onChange={(event) => goTo(event.currentTarget)}
          />
          <button type="button" class="quiet" aria-label="One second on" title="One second on ( ] )" onClick={() => replay.step(1)}>
            <kbd>]</kbd>
          </button>
          <button type="button" onClick={replay.close}>
            Back to the overview
          </button>
        </div>
      </div>
      <Switch>
        <Match when={failed()}>
          {(state) => <ErrorNotice title="The day could not be simulated">{state().message}</ErrorNotice>}
        </Match>
        <Match when={loading()}>{(state) => <p class="muted day-wait">Simulating {isoDate(state().date)} again…</p>}</Match>
        <Match when={replay.day()}>{(day) => <ReadyDay day={day()} side={side()} onSide={setSide} />}</Match>
      </Switch>
    </section>
  );
}

function ReadyDay(props: { readonly day: ReplayedDay; readonly side: Side; onSide(side: Side): void }) {
  const turn = createTurn();
  const shown = () => turn() && props.day;
  return (
    <div class="side-by-side">
      <div>
        <Show when={shown()} keyed>
          {(day) => <DayChart day={day} />}
        </Show>
      </div>
      <div class="day-side">
        <Tabs<Side>
          label="Views of the second"
          chosen={props.side}
          onChoose={props.onSide}
          tabs={[
            { id: "day-readout", label: "Readout", body: () => <><DayReadout day={props.day} /><DayDecisions day={props.day} /></> },
            { id: "day-payoff", label: "Payoff", body: () => <Payoff day={props.day} /> },
          ]}
        />
      </div>
    </div>
  );
}

function dayWords({ variant, outcome, recording }: ReplayedDay): string {
  const expiry: DayNumber = recording.expiry;
  return `${variant.name} · ${recording.symbol} expiry ${isoDate(expiry)} · ${counted(outcome.trades.length, "trade")}`;
}
