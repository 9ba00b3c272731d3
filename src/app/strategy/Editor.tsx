import { createMemo, For, Index, Show } from "solid-js";
import type { StrategyProblem } from "../../core/strategy/types.ts";

const LINE_HEIGHT = 18;

/** A plain text editor for the strategy with its problems at their lines. */
export function Editor(props: { text: string; problems: readonly StrategyProblem[]; warnings: readonly StrategyProblem[]; onEdit(text: string): void }) {
  let area!: HTMLTextAreaElement;
  let gutter!: HTMLOListElement;
  const lines = createMemo(() => Array.from({ length: props.text.split("\n").length }, (_, i) => i + 1));
  const bad = createMemo(() => new Set(props.problems.map((problem) => problem.line)));

  function goTo(problem: StrategyProblem) {
    const before = props.text.split("\n").slice(0, (problem.line ?? 1) - 1);
    const start = before.reduce((sum, line) => sum + line.length + 1, 0) + (problem.column ?? 1) - 1;
    area.focus();
    area.setSelectionRange(start, start);
    area.scrollTop = before.length * LINE_HEIGHT - area.clientHeight / 2;
  }

  return (
    <>
      <div class="editor">
        <ol class="lines" aria-hidden="true" ref={gutter}>
          <Index each={lines()}>{(line) => <li classList={{ bad: bad().has(line()) }}>{line()}</li>}</Index>
        </ol>
        <textarea
          ref={area}
          aria-label="Strategy text"
          aria-invalid={props.problems.length > 0}
          aria-describedby="strategy-problems"
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          wrap="off"
          value={props.text}
          onInput={(event) => props.onEdit(event.currentTarget.value)}
          onScroll={() => (gutter.scrollTop = area.scrollTop)}
        />
      </div>
      <Remarks id="strategy-problems" label="Mistakes in the strategy" remarks={props.problems} onGo={goTo} />
      <Remarks id="strategy-warnings" label="Warnings about the strategy" remarks={props.warnings} warning onGo={goTo} />
    </>
  );
}

/** What is wrong or doubtful, each leading to its place in the text. */
function Remarks(props: { id: string; label: string; remarks: readonly StrategyProblem[]; warning?: boolean; onGo(problem: StrategyProblem): void }) {
  return (
    <ul class="problems" classList={{ warnings: props.warning ?? false }} id={props.id} aria-label={props.label}>
      <For each={props.remarks}>
        {(problem) => (
          <li>
            <button type="button" onClick={() => props.onGo(problem)}>
              <Show when={problem.line !== undefined}>Line {problem.line}: </Show>
              <Show when={problem.path !== ""}>
                <code>{problem.path}</code>{" "}
              </Show>
              {problem.message}
            </button>
          </li>
        )}
      </For>
    </ul>
  );
}
