import { createEffect, createMemo, createSignal, For, Match, on, Show, Switch } from "solid-js";
import { isoDate, weekdayName, yearMonth, type DayNumber } from "../../core/time.ts";
import type { CoverageDay, Progress } from "../../data/catalogue/types.ts";
import { errorText } from "../session/errors.ts";
import { useSession } from "../session/session.ts";
import { progressText } from "../shell/Welcome.tsx";
import { counted } from "../ui/format.ts";

const DAYS = Array.from({ length: 31 }, (_, i) => i + 1);

/** Reading so many footers takes minutes: it is then done when asked for. */
const MANY_FILES = 5_000;

type Answer = { readonly kind: "offered" } | { readonly kind: "asking"; readonly progress: Progress | undefined } | { readonly kind: "days"; readonly days: readonly CoverageDay[] } | { readonly kind: "failed"; readonly message: string };

/** One month of the calendar: the days that the data covers, by day of the month. */
interface Month {
  readonly label: string;
  readonly days: ReadonlyMap<number, CoverageDay>;
}

/** Which dates the data covers: a row per month, a cell per day. */
export function Coverage(props: { symbol: string }) {
  const { data } = useSession();
  const [wanted, setWanted] = createSignal(false);
  const [answer, setAnswer] = createSignal<Answer>({ kind: "offered" });
  const [focused, setFocused] = createSignal<DayNumber>();
  const [pointed, setPointed] = createSignal<DayNumber>();
  // A new summary names the same symbol again: without the memo what is learned here would ask for the coverage anew, for ever.
  const chosen = createMemo(() => props.symbol);

  createEffect(
    on([chosen, data.version, wanted], ([symbol, , asked]) => {
      const state = data.state();
      if (state.kind !== "open") return;
      const files = data.summary()?.files ?? 0;
      if (!asked && files > MANY_FILES) {
        setAnswer({ kind: "offered" });
        return;
      }
      const isCurrent = () => data.state() === state && props.symbol === symbol;
      setAnswer({ kind: "asking", progress: undefined });
      state.catalogue
        .coverage(symbol, (progress) => isCurrent() && answer().kind === "asking" && setAnswer({ kind: "asking", progress }))
        .then(
          (days) => {
            if (!isCurrent()) return;
            setAnswer({ kind: "days", days });
            void data.learn();
          },
          (error: unknown) => isCurrent() && setAnswer({ kind: "failed", message: errorText(error) }),
        );
    }),
  );

  const days = createMemo(() => {
    const current = answer();
    return current.kind === "days" ? current.days : [];
  });
  const byDate = createMemo(() => new Map(days().map((day) => [day.date, day])));
  const most = createMemo(() => days().reduce((max, day) => Math.max(max, day.contracts), 1));
  const months = createMemo(() => monthsOf(days()));
  const described = () => byDate().get(pointed() ?? focused() ?? -1);
  const entry = () => focused() ?? days()[0]?.date;

  function onKeyDown(event: KeyboardEvent) {
    const dates = days();
    const at = dates.findIndex((day) => day.date === focused());
    const moves: Readonly<Record<string, number>> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: dates.length - 1, ArrowDown: sameDayOfMonth(dates, at, 1), ArrowUp: sameDayOfMonth(dates, at, -1) };
    if (at < 0 || !(event.key in moves)) return;
    event.preventDefault();
    const target = dates[Math.min(dates.length - 1, Math.max(0, moves[event.key]))];
    setFocused(target.date);
    (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`[data-date="${target.date}"]`)?.focus();
  }

  const failed = () => {
    const current = answer();
    return current.kind === "failed" ? current : undefined;
  };
  const asking = () => {
    const current = answer();
    return current.kind === "asking" ? current : undefined;
  };

  return (
    <section class="calendar">
      <div class="section-head">
        <h2>Coverage of {props.symbol}</h2>
        <span class="muted">
          <Switch fallback={counted(days().length, "day")}>
            <Match when={asking()}>{(state) => <>{progressText(state().progress)}</>}</Match>
            <Match when={answer().kind === "offered"}>Needs the footer of every file, which is then remembered</Match>
          </Switch>
        </span>
        <Show when={answer().kind === "offered"}>
          <button type="button" onClick={() => setWanted(true)}>
            Work out the coverage
          </button>
        </Show>
      </div>
      <Show when={failed()}>
        {(state) => (
          <div class="notice error" role="alert">
            <strong>The coverage could not be worked out</strong>
            {state().message}
          </div>
        )}
      </Show>
      <p class="calendar-value" role="status">
        <Show when={described()} fallback={<span class="muted">Point at a day, or move to it with the arrow keys. Darker: more contracts. Ringed: no spot file.</span>}>
          {(day) => <>{describe(day())}</>}
        </Show>
      </p>
      <div class="scroll-x" role="group" aria-label="Coverage, scrollable" tabindex="0">
        <table role="grid" aria-label={`Coverage of ${props.symbol}`} onKeyDown={onKeyDown} onPointerLeave={() => setPointed(undefined)}>
          <thead>
            <tr>
              <th scope="col">
                <span class="hidden">Month</span>
              </th>
              <For each={DAYS}>{(day) => <th scope="col">{day}</th>}</For>
            </tr>
          </thead>
          <tbody>
            <For each={months()}>
              {(month) => (
                <tr>
                  <th scope="row">{month.label}</th>
                  <For each={DAYS}>
                    {(dayOfMonth) => (
                      <td>
                        <Show when={month.days.get(dayOfMonth)}>
                          {(day) => (
                            <button
                              type="button"
                              data-date={day().date}
                              data-level={level(day().contracts, most())}
                              data-nospot={!day().spot && !day().future}
                              aria-label={describe(day())}
                              tabindex={day().date === entry() ? 0 : -1}
                              onFocus={() => setFocused(day().date)}
                              onPointerEnter={() => setPointed(day().date)}
                            />
                          )}
                        </Show>
                      </td>
                    )}
                  </For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </section>
  );
}

function describe(day: CoverageDay): string {
  const spot = day.spot ? "spot file" : day.future ? "no spot file, spot from the future" : "no spot file, spot from options";
  return `${weekdayName(day.date)} ${isoDate(day.date)}: ${counted(day.contracts, "contract file")} at most, ${spot}${day.future ? ", future" : ""}`;
}

function level(contracts: number, most: number): number {
  return contracts === 0 ? 0 : Math.max(1, Math.ceil((contracts / most) * 4));
}

function monthsOf(days: readonly CoverageDay[]): Month[] {
  const months = new Map<string, Map<number, CoverageDay>>();
  for (const day of days) {
    const label = isoDate(day.date).slice(0, 7);
    const month = months.get(label) ?? new Map<number, CoverageDay>();
    months.set(label, month.set(Number(isoDate(day.date).slice(8)), day));
  }
  return [...months].map(([label, of]) => ({ label, days: of }));
}

/** The covered day nearest to the same day of the month, one month on or back. */
function sameDayOfMonth(days: readonly CoverageDay[], at: number, step: 1 | -1): number {
  if (at < 0) return at;
  const { month } = yearMonth(days[at].date);
  const wanted = days[at].date + step * 30;
  let to = at;
  while (days[to + step] && (days[to + step].date - wanted) * step <= 0) to += step;
  return yearMonth(days[to].date).month === month && days[to + step] ? to + step : to;
}
