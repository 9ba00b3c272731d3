import { createMemo, createSignal, For, Show } from "solid-js";
import { blocksOf } from "../../core/strategy/compile.ts";
import { parseStrategy } from "../../core/strategy/parse.ts";
import { payoffShape } from "../../core/strategy/payoff-shape.ts";
import { StrategyError } from "../../core/strategy/types.ts";
import { FolderSync } from "../library/FolderSync.tsx";
import { fileNameOf } from "../library/sync-plan.ts";
import { saveAs } from "../session/downloads.ts";
import { errorText } from "../session/errors.ts";
import { useSession } from "../session/session.ts";
import type { Template } from "../session/templates.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { backupText, readBackup } from "./backup.ts";

const POINTS = 41;
const WIDTH = 80;
const HEIGHT = 32;

/** Ready-made strategies and the user's own, each with its first line of words and the shape of its payoff. */
export function Library(props: { onClose(): void }) {
  const session = useSession();
  const { strategy } = session;
  const [pasted, setPasted] = createSignal("");
  const [said, setSaid] = createSignal("");
  let files!: HTMLInputElement;
  let backup!: HTMLInputElement;

  function choose(one: Template) {
    strategy.choose(one.id);
    props.onClose();
  }

  async function takeFiles(list: FileList | null) {
    const texts = await Promise.all([...(list ?? [])].map((file) => file.text()));
    texts.forEach((text) => strategy.take(text));
    setSaid(`${texts.length} taken up.`);
  }

  async function restore(file: File) {
    try {
      session.setPreferences(readBackup(await file.text()));
      setSaid("Settings and strategies are restored.");
    } catch (error) {
      setSaid(errorText(error));
    }
  }

  return (
    <Dialog title="Library" wide onClose={() => props.onClose()}>
      <Show when={strategy.own().length > 0}>
        <h3>Your own</h3>
        <ul class="library" aria-label="Your own strategies">
          <For each={strategy.own()}>{(one) => <Entry entry={one} text={one.text} onChoose={() => choose(one)} onRemove={() => strategy.remove(one.id)} />}</For>
        </ul>
      </Show>
      <h3>Ready-made</h3>
      <ul class="library" aria-label="Ready-made strategies">
        <For each={strategy.templates}>{(one) => <Entry entry={one} text={one.text} onChoose={() => choose(one)} />}</For>
      </ul>
      <h3>Folder of strategies</h3>
      <FolderSync />
      <h3>Import and export</h3>
      <label class="paste">
        Paste a strategy
        <textarea rows="3" value={pasted()} onInput={(event) => setPasted(event.currentTarget.value)} />
      </label>
      <div class="actions">
        <button
          type="button"
          disabled={pasted().trim() === ""}
          onClick={() => {
            strategy.take(pasted());
            props.onClose();
          }}
        >
          Take up the pasted text
        </button>
        <button type="button" onClick={() => files.click()}>
          Import files
        </button>
        <button type="button" disabled={strategy.own().length === 0} onClick={() => strategy.own().forEach((one) => saveAs(new Blob([one.text], { type: "text/yaml" }), fileNameOf(one.name)))}>
          Export your own
        </button>
        <button type="button" onClick={() => saveAs(new Blob([backupText(session.preferences)], { type: "application/json" }), "straddle-settings.json")}>
          Save settings and library
        </button>
        <button type="button" onClick={() => backup.click()}>
          Restore
        </button>
        <input ref={files} class="hidden" type="file" multiple accept=".yaml,.yml" aria-label="Strategy files" tabindex="-1" onChange={(event) => void takeFiles(event.currentTarget.files)} />
        <input
          ref={backup}
          class="hidden"
          type="file"
          accept=".json"
          aria-label="Saved settings"
          tabindex="-1"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) void restore(file);
            event.currentTarget.value = "";
          }}
        />
      </div>
      <p role="status" class="muted">
        {said()}
      </p>
      <div class="actions">
        <button type="button" onClick={() => props.onClose()}>
          Close
        </button>
      </div>
    </Dialog>
  );
}

function Entry(props: { entry: Template; text: string; onChoose(): void; onRemove?(): void }) {
  return (
    <li>
      <button type="button" class="library-entry" onClick={() => props.onChoose()}>
        <Payoff text={props.text} />
        <span>
          <strong>{props.entry.name}</strong>
          <span class="muted">{firstWords(props.text)}</span>
        </span>
      </button>
      <Show when={props.onRemove}>
        {(remove) => (
          <button type="button" class="quiet" aria-label={`Delete ${props.entry.name}`} onClick={() => remove()()}>
            Delete
          </button>
        )}
      </Show>
    </li>
  );
}

/** The shape of the payoff at expiry, of several entries that of the first; empty for a text that is no strategy. */
function Payoff(props: { text: string }) {
  const line = createMemo(() => {
    const shape = shapeOf(props.text);
    return shape && Array.from(shape, (value, i) => `${((i * WIDTH) / (POINTS - 1)).toFixed(1)},${(HEIGHT / 2 - (value * (HEIGHT - 4)) / 2).toFixed(1)}`).join(" ");
  });
  return (
    <svg class="payoff" width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      <line class="axis" x1="0" x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} />
      <Show when={line()}>{(points) => <polyline points={points()} />}</Show>
    </svg>
  );
}

function shapeOf(text: string): Float64Array | undefined {
  try {
    return payoffShape(blocksOf(parseStrategy(text).variants[0].strategy)[0].legs, POINTS);
  } catch (error) {
    if (error instanceof StrategyError) return undefined;
    throw error;
  }
}

/** A description that is long enough to say something. */
const ENOUGH = 40;

/** The first sentences of a strategy's first comment. */
function firstWords(text: string): string {
  const comment = /^(?:#[^\n]*\n)+/.exec(text)?.[0].replaceAll(/^#\s?/gm, "").replaceAll("\n", " ").trim() ?? "";
  let words = "";
  for (const [sentence] of comment.matchAll(/[^.?]+[.?]+\s*/g)) if (words.length < ENOUGH) words += sentence;
  return words || comment;
}
