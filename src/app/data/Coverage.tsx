import { createEffect, createMemo, createSignal, Match, on, Show, Switch } from "solid-js";
import { isoDate, weekdayName } from "../../core/time.ts";
import type { CoverageDay, Progress } from "../../data/catalogue/types.ts";
import { errorText } from "../session/errors.ts";
import { useSession } from "../session/session.ts";
import { progressText } from "../shell/Welcome.tsx";
import { ErrorNotice } from "../ui/ErrorNotice.tsx";
import { counted } from "../ui/format.ts";
import { MonthGrid, type MonthGridDay } from "./MonthGrid.tsx";

/** Reading so many footers takes minutes: it is then done when asked for. */
const MANY_FILES = 5_000;

type Answer = { readonly kind: "offered" } | { readonly kind: "asking"; readonly progress: Progress | undefined } | { readonly kind: "days"; readonly days: readonly CoverageDay[] } | { readonly kind: "failed"; readonly message: string };

/** Which dates the data covers: a row per month, a cell per day. */
export function Coverage(props: { symbol: string }) {
  const { data } = useSession();
  const [wanted, setWanted] = createSignal(false);
  const [answer, setAnswer] = createSignal<Answer>({ kind: "offered" });
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
  const most = createMemo(() => days().reduce((max, day) => Math.max(max, day.contracts), 1));
  const cells = createMemo(() => days().map((day): MonthGridDay => ({ date: day.date, level: level(day.contracts, most()), ringed: !day.spot && !day.future, text: describe(day) })));

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
        {(state) => <ErrorNotice title="The coverage could not be worked out">{state().message}</ErrorNotice>}
      </Show>
      <MonthGrid label={`Coverage of ${props.symbol}`} days={cells()} hint="Point at a day, or move to it with the arrow keys. Darker: more contracts. Ringed: no spot file." />
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
