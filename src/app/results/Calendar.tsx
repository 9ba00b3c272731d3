import { createMemo, createSignal, For, Show } from "solid-js";
import { calendarCsv, calendarYears, type CalendarDay, type CalendarYear } from "../../core/results/calendar.ts";
import { isoDate, MONTH_NAMES, weekdayName, WEEKDAY_NAMES, type DayNumber } from "../../core/time.ts";
import { useSession } from "../session/session.ts";
import { amount, shortAmount } from "../ui/amount.ts";
import { Exports } from "../ui/Exports.tsx";
import { counted } from "../ui/format.ts";
import { gridPicture } from "../ui/grid-picture.ts";
import { heatLevel, largestOf } from "../ui/heat.ts";

/** Days of the week that markets open on; a special Saturday or Sunday session adds its row. */
const WORKDAYS = 5;
const WHOLE_YEAR = { first: 0, count: 54 };
/** So few have room for larger cells. */
const FEW_WEEKS = 20;
/** Columns that the name of a month covers, of large cells and of small ones. */
const LABEL_WEEKS = { large: 2, small: 3 };

/** Net P&L of every day: a column per week, a row per weekday. A click selects the day. */
export function Calendar() {
  const { results, preferences } = useSession();
  const [pointed, setPointed] = createSignal<DayNumber>();
  const [focused, setFocused] = createSignal<DayNumber>();
  let host!: HTMLElement;
  const daily = () => results.analysis()?.summary.daily ?? { dates: [], net: [] };
  const positions = () => results.analysis()?.dayPositions ?? [];
  const years = createMemo(() => calendarYears(daily(), positions()));
  const days = createMemo(() => years().flatMap((year) => year.days));
  /** Years stand below one another week by week; of one alone only its weeks are drawn. */
  const weeks = createMemo(() => (years().length === 1 ? weeksOf(years()[0]) : WHOLE_YEAR));
  const large = () => weeks().count <= FEW_WEEKS;
  const largest = createMemo(() => largestOf(daily().net));
  const described = () => days().find((day) => day.date === (pointed() ?? focused()));
  const words = (day: CalendarDay) => `${weekdayName(day.date)} ${isoDate(day.date)}: ${amount(day.net, preferences.unit)}, n = ${day.positions}`;
  /** The day that Tab reaches. */
  const entry = () => (days().some((day) => day.date === focused()) ? focused() : days()[0]?.date);

  /** By where the pointer is now: cells are drawn anew under it while results come in. */
  function onPointerMove({ target }: PointerEvent) {
    const date = target instanceof HTMLElement ? target.dataset.date : undefined;
    if (date !== undefined) setPointed(Number(date));
  }

  function onKeyDown(event: KeyboardEvent) {
    const all = days();
    const at = all.findIndex((day) => day.date === focused());
    const moves: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, ArrowRight: weekAway(all, at, 1), ArrowLeft: weekAway(all, at, -1), Home: 0, End: all.length - 1 };
    if (at < 0 || !(event.key in moves)) return;
    event.preventDefault();
    const { date } = all[Math.min(all.length - 1, Math.max(0, moves[event.key]))];
    setFocused(date);
    host.querySelector<HTMLElement>(`[data-date="${date}"]`)?.focus();
  }

  return (
    <section ref={host} class="heatmap">
      <div class="section-head">
        <p class="calendar-value grow" role="status">
          <Show when={described()} fallback={<span class="muted">Point at a day; a click selects it.</span>}>
            {(day) => words(day())}
          </Show>
        </p>
        <div class="actions">
          <Exports name="Calendar" file="calendar" disabled={days().length === 0} csv={() => calendarCsv(daily(), positions())} png={() => gridPicture(pictureOf(years(), largest()), 44)} />
        </div>
      </div>
      <div class="pnl-calendar" classList={{ large: large() }} style={{ "--weeks": String(weeks().count) }} role="group" aria-label="P&L by day" onKeyDown={onKeyDown} onPointerMove={onPointerMove} onPointerLeave={() => setPointed(undefined)}>
        <For each={years()}>
          {(year) => (
            <div class="calendar-year">
              <h3>{year.year}</h3>
              <div class="calendar-months" aria-hidden="true">
                <For each={labelledMonths(year, large() ? LABEL_WEEKS.large : LABEL_WEEKS.small)}>{({ month, column }) => <span style={{ "grid-column": `${column - weeks().first + 1} / span 4` }}>{MONTH_NAMES[month - 1]}</span>}</For>
              </div>
              <div class="calendar-days">
                <For each={year.days}>
                  {(day) => (
                    <button
                      type="button"
                      data-date={day.date}
                      data-level={heatLevel(day.net, largest())}
                      aria-label={words(day)}
                      aria-pressed={results.selection().from === day.date && results.selection().to === day.date}
                      tabindex={day.date === entry() ? 0 : -1}
                      style={{ "grid-column": `${day.column - weeks().first + 1}`, "grid-row": `${day.row + 1}` }}
                      onFocus={() => setFocused(day.date)}
                      onClick={() => results.select({ from: day.date, to: day.date })}
                    >
                      {day.net === 0 ? "" : day.net > 0 ? "+" : "−"}
                    </button>
                  )}
                </For>
              </div>
            </div>
          )}
        </For>
        <Show when={days().length === 0}>
          <p class="muted">No day has been run.</p>
        </Show>
      </div>
      <Show when={days().length > 0}>
        <p class="muted small">Rows are {WEEKDAY_NAMES[0]} to {WEEKDAY_NAMES[WORKDAYS - 1]}. {counted(days().length, "day")}; the strongest shade is {amount(largest(), preferences.unit).slice(1)}.</p>
      </Show>
    </section>
  );
}

function weeksOf({ days }: CalendarYear): typeof WHOLE_YEAR {
  const columns = days.map((day) => day.column);
  const first = Math.min(...columns);
  return { first, count: Math.max(...columns) - first + 1 };
}

/** Those that have room for their name before the next begins. */
function labelledMonths({ months }: CalendarYear, labelWeeks: number): CalendarYear["months"] {
  return months.filter(({ column }, i) => (months[i + 1]?.column ?? Infinity) - column >= labelWeeks);
}

/** The place of the same weekday one week on or back, or of the day itself where there is none. */
function weekAway(days: readonly CalendarDay[], at: number, weeks: 1 | -1): number {
  const target = (days[at]?.date ?? 0) + 7 * weeks;
  const found = days.findIndex((day) => day.date === target);
  return found < 0 ? at + weeks : found;
}

function pictureOf(years: readonly CalendarYear[], largest: number) {
  const columns = 1 + Math.max(0, ...years.flatMap((year) => year.days.map((day) => day.column)));
  const rows = years.flatMap((year) =>
    WEEKDAY_NAMES.slice(0, 1 + Math.max(...year.days.map((day) => day.row))).map((name, row) => {
      const cells = new Array<{ text: string; level: number } | undefined>(columns).fill(undefined);
      for (const day of year.days) if (day.row === row) cells[day.column] = { text: shortAmount(day.net), level: heatLevel(day.net, largest) };
      return { label: `${year.year} ${name}`, cells };
    }),
  );
  return { columns: Array.from({ length: columns }, (_, i) => `W${i + 1}`), rows };
}
