import { createMemo, createSignal, For, Show } from "solid-js";
import { isoDate, yearMonth, type DayNumber } from "../../core/time.ts";

const DAYS = Array.from({ length: 31 }, (_, i) => i + 1);

/** One date of the calendar. */
export interface MonthGridDay {
  readonly date: DayNumber;
  /** 0 to 4: how dark it is drawn. */
  readonly level: number;
  readonly ringed: boolean;
  /** What it says when it is pointed at. */
  readonly text: string;
}

export interface MonthGridProps {
  readonly label: string;
  /** Ascending. */
  readonly days: readonly MonthGridDay[];
  /** Shown while no day is pointed at. */
  readonly hint: string;
  readonly chosen?: DayNumber;
  onChoose?(date: DayNumber): void;
}

interface Month {
  readonly label: string;
  readonly days: ReadonlyMap<number, MonthGridDay>;
}

/** A calendar: a row per month, a cell per day. Arrows, Home and End move between days. */
export function MonthGrid(props: MonthGridProps) {
  const [focused, setFocused] = createSignal<DayNumber>();
  const [pointed, setPointed] = createSignal<DayNumber>();
  const byDate = createMemo(() => new Map(props.days.map((day) => [day.date, day])));
  const months = createMemo(() => monthsOf(props.days));
  const described = () => byDate().get(pointed() ?? focused() ?? -1);
  const entry = () => (byDate().has(focused() ?? -1) ? focused() : (props.chosen ?? props.days[0]?.date));

  function onKeyDown(event: KeyboardEvent) {
    const dates = props.days;
    const at = dates.findIndex((day) => day.date === focused());
    const moves: Readonly<Record<string, number>> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: dates.length - 1, ArrowDown: sameDayOfMonth(dates, at, 1), ArrowUp: sameDayOfMonth(dates, at, -1) };
    if (at < 0 || !(event.key in moves)) return;
    event.preventDefault();
    const target = dates[Math.min(dates.length - 1, Math.max(0, moves[event.key]))];
    setFocused(target.date);
    (event.currentTarget as HTMLElement).querySelector<HTMLElement>(`[data-date="${target.date}"]`)?.focus();
  }

  return (
    <>
      <p class="calendar-value" role="status">
        <Show when={described()} fallback={<span class="muted">{props.hint}</span>}>
          {(day) => <>{day().text}</>}
        </Show>
      </p>
      <div class="scroll-x" role="group" aria-label={`${props.label}, scrollable`} tabindex="0">
        <table role="grid" aria-label={props.label} onKeyDown={onKeyDown} onPointerLeave={() => setPointed(undefined)}>
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
                              data-level={day().level}
                              data-ringed={day().ringed}
                              aria-label={day().text}
                              aria-pressed={props.onChoose ? day().date === props.chosen : undefined}
                              tabindex={day().date === entry() ? 0 : -1}
                              onFocus={() => setFocused(day().date)}
                              onPointerEnter={() => setPointed(day().date)}
                              onClick={() => props.onChoose?.(day().date)}
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
    </>
  );
}

function monthsOf(days: readonly MonthGridDay[]): Month[] {
  const months = new Map<string, Map<number, MonthGridDay>>();
  for (const day of days) {
    const label = isoDate(day.date).slice(0, 7);
    const month = months.get(label) ?? new Map<number, MonthGridDay>();
    months.set(label, month.set(Number(isoDate(day.date).slice(8)), day));
  }
  return [...months].map(([label, of]) => ({ label, days: of }));
}

/** The day nearest to the same day of the month, one month on or back. */
function sameDayOfMonth(days: readonly MonthGridDay[], at: number, step: 1 | -1): number {
  if (at < 0) return at;
  const { month } = yearMonth(days[at].date);
  const wanted = days[at].date + step * 30;
  let to = at;
  while (days[to + step] && (days[to + step].date - wanted) * step <= 0) to += step;
  return yearMonth(days[to].date).month === month && days[to + step] ? to + step : to;
}
