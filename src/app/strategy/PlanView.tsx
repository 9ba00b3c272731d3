import { For, Match, Show, Switch } from "solid-js";
import { isoDate } from "../../core/time.ts";
import type { PlanState } from "../session/plan-session.ts";
import { useSession } from "../session/session.ts";
import { progressText } from "../shell/Welcome.tsx";
import { ErrorNotice } from "../ui/ErrorNotice.tsx";
import { UncertainRules } from "../ui/UncertainRules.tsx";
import { bytes, count, counted, percent, waiting } from "../ui/format.ts";

/** What a run will do, in words, before it does anything. */
export function PlanView() {
  const { plan, data, strategy, scan } = useSession();
  const ready = () => {
    const state = plan.state();
    return state.kind === "ready" ? state : undefined;
  };
  const planning = () => {
    const state = plan.state();
    return state.kind === "planning" ? state : undefined;
  };
  const failed = () => {
    const state = plan.state();
    return state.kind === "failed" ? state : undefined;
  };
  return (
    <section class="plan" aria-label="Plan">
      <h2>Plan</h2>
      <Switch fallback={<p class="muted">{data.state().kind === "open" ? (strategy.parsed().ok ? "Working out the days…" : "Waiting for the mistakes above.") : "Shown when data is open."}</p>}>
        <Match when={failed()}>
          {(state) => <ErrorNotice title="No plan can be made">{state().message}</ErrorNotice>}
        </Match>
        <Match when={planning()}>{(state) => <p class="muted">{progressText(state().progress)}</p>}</Match>
        <Match when={ready()}>
          {(state) => (
            <dl>
              <dt>Days</dt>
              <dd>{daysText(state().plan)}</dd>
              <dt>Files</dt>
              <dd>at most {count(state().files)}; only contracts near the money are opened</dd>
              <Show when={scan.estimate(state().plan.dates)}>
                {(estimate) => (
                  <>
                    <dt>Estimate</dt>
                    <dd>
                      about {bytes(estimate().bytes)} to read, {percent(estimate().keptShare)} of the days kept already; {waiting(estimate().seconds)}
                    </dd>
                  </>
                )}
              </Show>
              <Show when={state().strategy.variants.length > 1}>
                <dt>Variants</dt>
                <dd>{count(state().strategy.variants.length)}</dd>
              </Show>
              <Show when={state().plan.uncertainRules.length > 0}>
                <dt>Rules</dt>
                <dd>
                  <UncertainRules doubts={state().plan.uncertainRules} />
                </dd>
              </Show>
              <For each={leftOut(state().plan)}>
                {(group) => (
                  <>
                    <dt>Left out</dt>
                    <dd title={group.detail}>
                      {counted(group.days, "day")}: {group.reason}
                    </dd>
                  </>
                )}
              </For>
            </dl>
          )}
        </Match>
      </Switch>
    </section>
  );
}

type ReadyPlan = Extract<PlanState, { kind: "ready" }>["plan"];

function daysText(plan: ReadyPlan): string {
  if (plan.dates.length === 0) return "none: no date of the data passes the filters";
  const first = isoDate(plan.dates[0]);
  const last = isoDate(plan.dates[plan.dates.length - 1]);
  return `${counted(plan.dates.length, "day")}, ${first === last ? first : `${first} to ${last}`}`;
}

function leftOut(plan: ReadyPlan): { readonly reason: string; readonly days: number; readonly detail: string }[] {
  const groups = new Map<string, { reason: string; days: number; detail: string }>();
  for (const day of plan.notRun) {
    const group = groups.get(day.reason);
    if (group) group.days++;
    else groups.set(day.reason, { reason: day.reason, days: 1, detail: day.detail });
  }
  return [...groups.values()];
}
