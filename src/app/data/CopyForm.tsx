import { For, Match, Show, Switch, type JSX } from "solid-js";
import { COPY_KINDS, ROW_GROUPS, type CopyKind, type CopyOptions } from "../../core/reshape/options.ts";
import { readingWords } from "../../core/reshape/reading-speeds.ts";
import { isoDate, parseIsoDate } from "../../core/time.ts";
import type { CopyOutcome } from "../../pool/copy-job.ts";
import type { CopyReading, CopySession } from "../session/copy-session.ts";
import { ErrorNotice } from "../ui/ErrorNotice.tsx";
import { bytes, count, counted, percent } from "../ui/format.ts";

const KIND_WORDS: Readonly<Record<CopyKind, string>> = { option: "options", spot: "spot", future: "futures", vix: "India VIX" };
const COLUMN_WORDS: Readonly<Record<CopyOptions["columns"], string>> = { all: "all", lean: "lean: what strategies can use" };
const LAYOUT_WORDS: Readonly<Record<CopyOptions["layout"], string>> = { days: "a file for each day", contracts: "a file for each contract" };
const SORT_WORDS: Readonly<Record<CopyOptions["sort"], string>> = { contract: "one contract after another", time: "all contracts by time" };
/** Beyond this many, lines are counted instead of listed. */
const LINES_LISTED = 20;

/** What is to be copied and where to, and what has come of it. */
export function CopyForm({ copy }: { readonly copy: CopySession }) {
  const failed = () => {
    const state = copy.state();
    return state.kind === "failed" ? state.message : undefined;
  };
  const ready = () => {
    const state = copy.state();
    return state.kind === "ready" ? state.prepared : undefined;
  };
  const ended = () => {
    const state = copy.state();
    return state.kind === "ended" ? state : undefined;
  };
  return (
    <>
      <Choices copy={copy} />
      <Show when={copy.wrong()}>{(words) => <ErrorNotice title="This cannot be copied">{words()}</ErrorNotice>}</Show>
      <div class="row">
        <button type="button" disabled={copy.isBusy()} onClick={() => void copy.pick()}>
          {copy.folder() ? "Choose another folder" : "Choose a folder for the copy"}
        </button>
        <Show when={copy.folder()}>{(folder) => <span>into “{folder().name}”</span>}</Show>
        <Show when={copy.isBusy()} fallback={<button type="button" class="primary" disabled={!copy.folder() || copy.wrong() !== undefined || ready()?.refusal !== undefined} onClick={() => void copy.start()}>Start copy</button>}>
          <button type="button" onClick={() => copy.stop()}>Stop</button>
        </Show>
      </div>
      <Switch>
        <Match when={failed()}>{(message) => <ErrorNotice title="The data could not be copied">{message()}</ErrorNotice>}</Match>
        <Match when={ready()}>
          {(prepared) => (
            <>
              <Lines lines={prepared().remarks} label="Before the copy" />
              <Show when={prepared().refusal}>{(refusal) => <ErrorNotice title="The copy cannot begin">{refusal()}</ErrorNotice>}</Show>
            </>
          )}
        </Match>
        <Match when={ended()}>{(end) => <Outcome {...end()} />}</Match>
      </Switch>
    </>
  );
}

function Choices({ copy }: { readonly copy: CopySession }) {
  const ticked = <T,>(list: readonly T[], one: T, isIn: boolean): T[] => (isIn ? [...list, one] : list.filter((other) => other !== one));
  return (
    <fieldset class="fields" disabled={copy.isBusy()}>
      <legend class="hidden">What to copy</legend>
      <Field label="Symbols">
        <For each={copy.symbols()}>
          {(symbol) => (
            <label>
              <input type="checkbox" checked={!copy.choice.without.includes(symbol)} onChange={(event) => copy.choose({ without: ticked(copy.choice.without, symbol, !event.currentTarget.checked) })} /> {symbol}
            </label>
          )}
        </For>
      </Field>
      <Field label="Data">
        <For each={COPY_KINDS}>
          {(kind) => (
            <label>
              <input type="checkbox" checked={copy.choice.kinds.includes(kind)} onChange={(event) => copy.choose({ kinds: ticked(copy.choice.kinds, kind, event.currentTarget.checked) })} /> {KIND_WORDS[kind]}
            </label>
          )}
        </For>
      </Field>
      <Field label="Dates">
        <For each={["from", "to"] as const}>
          {(end) => (
            <label>
              {end} <input type="date" value={copy.choice[end] === undefined ? "" : isoDate(copy.choice[end])} onChange={(event) => copy.choose({ [end]: parseIsoDate(event.currentTarget.value) })} />
            </label>
          )}
        </For>
      </Field>
      <Choice label="Columns" words={COLUMN_WORDS} value={copy.choice.columns} onChange={(columns) => copy.choose({ columns })} />
      <Choice label="Layout" words={LAYOUT_WORDS} value={copy.choice.layout} onChange={(layout) => copy.choose({ layout })} />
      <Choice label="Order of rows" words={SORT_WORDS} value={copy.choice.sort} onChange={(sort) => copy.choose({ sort })} />
      <label>
        Rows per row group
        <input type="number" min={ROW_GROUPS.least} max={ROW_GROUPS.most} value={copy.choice.rowGroup} onChange={(event) => copy.choose({ rowGroup: event.currentTarget.valueAsNumber })} />
      </label>
    </fieldset>
  );
}

function Field(props: { label: string; children: JSX.Element }) {
  return (
    <div class="ticks" role="group" aria-label={props.label}>
      <span>{props.label}</span>
      {props.children}
    </div>
  );
}

function Choice<T extends string>(props: { label: string; words: Readonly<Record<T, string>>; value: T; onChange: (value: T) => void }) {
  return (
    <label>
      {props.label}
      <select value={props.value} onChange={(event) => props.onChange(event.currentTarget.value as T)}>
        <For each={Object.keys(props.words) as T[]}>{(value) => <option value={value}>{props.words[value]}</option>}</For>
      </select>
    </label>
  );
}

function Outcome(props: { outcome: CopyOutcome; before: number; reading: CopyReading }) {
  const reading = (): readonly (readonly [string, string])[] => {
    const found = props.reading;
    switch (found.kind) {
      case "none":
        return [];
      case "measuring":
        return [["Reading", "a day is read of both…"]];
      case "measured":
        return [["Reading", readingWords(found.speeds)]];
      case "failed":
        return [["Reading", `could not be measured: ${found.message}`]];
    }
  };
  const figures = (): readonly (readonly [string, string])[] => {
    const { totals, seconds, rowsPerSecond } = props.outcome;
    return [
      ["Parts", `${count(totals.parts)}${props.before > 0 ? `, ${count(props.before)} of them complete from before` : ""}, in ${counted(totals.files, "file")}`],
      ["Rows", `${count(totals.rows)}, every column checked against its source`],
      ["Size", `${bytes(totals.bytes)}, of ${bytes(totals.source_bytes)} of the source: ${percent(totals.bytes / Math.max(1, totals.source_bytes))}`],
      ["Speed", `${seconds.toFixed(1)} s, ${count(rowsPerSecond)} rows/s`],
      ...reading(),
    ];
  };
  return (
    <>
      <Show when={props.outcome.why}>{(why) => <div class="notice warn" role="status">{why()}</div>}</Show>
      <table class="plain" aria-label="The copy">
        <tbody>
          <For each={figures()}>
            {([name, words]) => (
              <tr>
                <th scope="row">{name}</th>
                <td>{words}</td>
              </tr>
            )}
          </For>
        </tbody>
      </table>
      <Show when={props.outcome.failures.length > 0}>
        <ErrorNotice title={`${counted(props.outcome.failures.length, "part")} could not be copied; start again to try once more`}>
          <Lines lines={props.outcome.failures} label="Parts that were not copied" />
        </ErrorNotice>
      </Show>
      <Lines lines={props.outcome.leftOut} label="What was left out" />
    </>
  );
}

function Lines(props: { lines: readonly string[]; label: string }) {
  return (
    <Show when={props.lines.length > 0}>
      <ul aria-label={props.label}>
        <For each={props.lines.slice(0, LINES_LISTED)}>{(line) => <li>{line}</li>}</For>
        <Show when={props.lines.length > LINES_LISTED}>
          <li>and {count(props.lines.length - LINES_LISTED)} more; the records below manifest/ in the folder name all</li>
        </Show>
      </ul>
    </Show>
  );
}
