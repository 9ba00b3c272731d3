import { createMemo, createSignal, createUniqueId, For, Match, Show, Switch } from "solid-js";
import { isVerified, standsUp, type LookAheadDay, type VerifiedAs } from "../../core/results/verification.ts";
import { verdictWords } from "../../pool/verify-run.ts";
import { useSession } from "../session/session.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { ErrorNotice } from "../ui/ErrorNotice.tsx";
import { count, counted, MISSING } from "../ui/format.ts";
import type { VerifiedDay } from "./verify-session.ts";

const DEFAULT_DAYS = 20;
const SEEDS = 1_000_000;
const RESULT_WORDS: Readonly<Record<VerifiedAs, string>> = { equal: "equal", differs: "differs", changed: "differs, data changed", unverified: "not verified" };
/** So many rows of differences are drawn. */
const DIFFERENCES_DRAWN = 200;

/** A sample of a run's days worked out anew by the slow reference engine, day by day, and its decisions tried with the future hidden. */
export function VerifyDialog() {
  const { verify, run } = useSession();
  const [sample, setSample] = createSignal(DEFAULT_DAYS);
  const [seed, setSeed] = createSignal(Math.floor(Math.random() * SEEDS));
  const id = createUniqueId();
  const target = verify.target()!;
  const name = () => (target.kind === "shown" ? run.shown()?.strategy.name : target.record.name) ?? "";
  const working = createMemo(() => {
    const state = verify.state();
    return state.kind === "working" ? state : undefined;
  });
  const valid = () => Number.isInteger(sample()) && sample() >= 1 && Number.isInteger(seed()) && seed() >= 0;

  return (
    <Dialog title={`Verify “${name()}”`} wide onClose={verify.close}>
      <p>
        Days drawn at random are worked out anew by a second, slow engine, straight from the Parquet files and without any cache, and every trade is compared. Then everything after a decision is hidden from the fast engine: the
        decision has to stand.
      </p>
      <form
        class="verify-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (valid() && !working()) void verify.start(sample(), seed());
        }}
      >
        <label>
          Days
          <input type="number" min="1" step="1" value={sample()} disabled={working() !== undefined} onInput={(event) => setSample(event.currentTarget.valueAsNumber)} />
        </label>
        <label>
          Seed
          <input type="number" min="0" step="1" value={seed()} disabled={working() !== undefined} aria-describedby={id} onInput={(event) => setSeed(event.currentTarget.valueAsNumber)} />
        </label>
        <Show
          when={working()}
          fallback={
            <button type="submit" class="primary" disabled={!valid()}>
              Verify
            </button>
          }
        >
          {(now) => (
            <button type="button" disabled={now().stopping} onClick={verify.stop}>
              Stop
            </button>
          )}
        </Show>
        <span class="muted" id={id}>
          The same seed draws the same days.
        </span>
      </form>
      <div role="status">
        <Switch>
          <Match when={working()}>{(now) => <Working of={now().of} done={verify.days().length} />}</Match>
          <Match when={doneState()}>{(found) => <p class={isVerified(found()) ? "verdict good" : "verdict bad"}>{isVerified(found()) ? "Verified: " : "Not verified: "}{verdictWords(found())}.</p>}</Match>
        </Switch>
      </div>
      <Show when={failure()}>
        {(message) => <ErrorNotice title="The run could not be verified">{message()}</ErrorNotice>}
      </Show>
      <For each={doneState()?.problems ?? []}>{(problem) => <div class="notice error">{problem}.</div>}</For>
      <Show when={verify.days().length > 0}>
        <Days days={verify.days()} />
        <Show when={verify.days().some(({ verdict }) => verdict.skips === null)}>
          <p class="muted">The history keeps no skips, sources of spot or states of files: these were not compared.</p>
        </Show>
      </Show>
      <Differences days={verify.days()} />
      <div class="actions">
        <button type="button" onClick={verify.close}>
          Close
        </button>
      </div>
    </Dialog>
  );

  function doneState() {
    const state = verify.state();
    return state.kind === "done" ? state.found : undefined;
  }

  function failure() {
    const state = verify.state();
    return state.kind === "failed" ? state.message : undefined;
  }
}

function Working(props: { of: number | undefined; done: number }) {
  return (
    <p class="muted verify-working">
      <Show when={props.of} fallback="Drawing the days …">
        {(of) => (
          <>
            <progress max={of()} value={props.done} aria-label="Days done" /> {props.done} of {counted(of(), "day")} done …
          </>
        )}
      </Show>
    </p>
  );
}

function Days(props: { days: readonly VerifiedDay[] }) {
  return (
    <div class="scroll-x" tabindex="0" role="region" aria-label="Days verified">
      <table class="plain">
        <thead>
          <tr>
            <th>Date</th>
            <th>By the reference</th>
            <th class="end">Trades</th>
            <th class="end">Skips</th>
            <th class="end">Files</th>
            <th class="end">Rows read</th>
            <th>Future hidden</th>
          </tr>
        </thead>
        <tbody>
          <For each={props.days}>
            {({ verdict, ahead }) => (
              <tr>
                <th scope="row">{verdict.date}</th>
                <td class={verdict.result === "equal" ? "gain" : "loss"}>{RESULT_WORDS[verdict.result]}</td>
                <td class="end">{count(verdict.trades)}</td>
                <td class="end">{verdict.skips === null ? MISSING : count(verdict.skips)}</td>
                <td class="end">{count(verdict.filesRead)}</td>
                <td class="end">{count(verdict.rowsRead)}</td>
                <td class={standsUp(ahead) ? undefined : "loss"}>{aheadWords(ahead)}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </div>
  );
}

function aheadWords(ahead: LookAheadDay): string {
  if (ahead.why !== null) return "not tried";
  if (ahead.moments.length === 0) return "nothing was decided";
  const fallen = ahead.moments.filter(({ missing, instead }) => missing.length + instead.length > 0).length;
  return fallen === 0 ? `${counted(ahead.moments.length, "decision")} stand` : `${fallen} of ${counted(ahead.moments.length, "decision")} do not stand`;
}

/** What stands beside what, cell by cell, and everything else that has to be said of a day. */
function Differences(props: { days: readonly VerifiedDay[] }) {
  const cells = createMemo(() => props.days.flatMap(({ verdict: { date, differences } }) => differences.flatMap(({ variant, about, cells: own }) => own.map((cell) => ({ date, variant, about, ...cell })))));
  const words = createMemo(() =>
    props.days.flatMap(({ verdict, ahead }) => [
      ...(verdict.why === null ? [] : [`${verdict.date} is not verified: ${verdict.why}`]),
      ...verdict.notes.map((note) => `${verdict.date}: ${note}`),
      ...(ahead.why === null ? [] : [`${ahead.date}: ${ahead.why}`]),
      ...ahead.moments.flatMap(({ after, missing, instead }) => [...missing.map((line) => `${ahead.date}, everything after ${after} hidden, gone: ${line}`), ...instead.map((line) => `${ahead.date}, everything after ${after} hidden, instead: ${line}`)]),
    ]),
  );
  return (
    <>
      <Show when={cells().length > 0}>
        <div class="scroll-x" tabindex="0" role="region" aria-label="Differences">
          <table class="plain">
            <thead>
              <tr>
                <th>Date</th>
                <th>Variant</th>
                <th>Row</th>
                <th>Cell</th>
                <th>Run</th>
                <th>Reference</th>
              </tr>
            </thead>
            <tbody>
              <For each={cells().slice(0, DIFFERENCES_DRAWN)}>
                {(cell) => (
                  <tr>
                    <td>{cell.date}</td>
                    <td>{cell.variant}</td>
                    <td>{cell.about}</td>
                    <td class="mono">{cell.column}</td>
                    <td class="mono">{cell.run ?? "none"}</td>
                    <td class="mono">{cell.reference ?? "none"}</td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </div>
        <Show when={cells().length > DIFFERENCES_DRAWN}>
          <p class="muted">{count(cells().length - DIFFERENCES_DRAWN)} further cells differ; the command line writes all of them with --json.</p>
        </Show>
      </Show>
      <Show when={words().length > 0}>
        <ul class="verify-words" aria-label="Remarks">
          <For each={words().slice(0, DIFFERENCES_DRAWN)}>{(line) => <li>{line}</li>}</For>
        </ul>
      </Show>
    </>
  );
}
