import { For, Show } from "solid-js";
import type { CatalogueSummary } from "../../data/catalogue/types.ts";
import { bytes, count, counted } from "../ui/format.ts";
import { useSession } from "../session/session.ts";
import type { Theme } from "../session/preferences.ts";

const THEMES: readonly { readonly id: Theme; readonly label: string }[] = [
  { id: "system", label: "System" },
  { id: "light", label: "Light" },
  { id: "dark", label: "Dark" },
];

export function Header() {
  const session = useSession();
  const { strategy, run, data } = session;
  return (
    <header class="header">
      <h1>Straddle</h1>
      <label>
        Strategy
        <select onChange={(event) => strategy.choose(event.currentTarget.value)}>
          <Show when={strategy.own().length > 0}>
            <optgroup label="Your own">
              <For each={strategy.own()}>{(one) => <option value={one.id} selected={one.id === strategy.chosen()}>{one.name}</option>}</For>
            </optgroup>
          </Show>
          <optgroup label="Ready-made">
            <For each={strategy.templates}>
              {(template) => (
                <option value={template.id} selected={template.id === strategy.chosen()}>
                  {template.name}
                  {strategy.edited(template.id) ? " *" : ""}
                </option>
              )}
            </For>
          </optgroup>
        </select>
      </label>
      <button type="button" aria-haspopup="dialog" disabled={run.busy()} onClick={() => session.setDialog("strategies")}>
        {strategy.ticked().length === 0 ? "Select strategies" : `${counted(strategy.ticked().length, "strategy", "strategies")} selected`}
      </button>
      <div class="actions">
        <button type="button" class="primary" disabled={!session.canRun()} title={whyNotRun(session)} onClick={() => void session.start()}>
          Run
        </button>
        <button type="button" disabled={!run.busy() || run.status() === "stopping"} onClick={session.stop}>
          Stop
        </button>
        <button type="button" aria-pressed={session.live.isOn()} title="Run the strategy anew whenever its text changes" onClick={() => session.live.setOn(!session.live.isOn())}>
          Live
        </button>
        <button type="button" title="Share the strategy (S)" onClick={() => session.setDialog("share")}>
          Share
        </button>
        <button type="button" onClick={() => session.setDialog("library")}>
          Library
        </button>
      </div>
      <p class="facts" title={facts(data.summary())}>
        {facts(data.summary())}
      </p>
      <label>
        <select aria-label="Theme" title="Theme" value={session.preferences.theme} onChange={(event) => session.setPreferences("theme", event.currentTarget.value as Theme)}>
          <For each={THEMES}>{(theme) => <option value={theme.id}>{theme.label}</option>}</For>
        </select>
      </label>
      <button type="button" class="quiet" aria-label="⌘K: commands" title="Everything the page can do (Ctrl K)" onClick={() => session.setDialog("palette")}>
        <kbd>⌘K</kbd>
      </button>
      <button type="button" class="quiet" aria-label="Keyboard shortcuts" title="Keyboard shortcuts" onClick={() => session.setDialog("keys")}>
        <kbd>?</kbd>
      </button>
    </header>
  );
}

/** The data that is open, in a line. */
function facts(summary: CatalogueSummary | undefined): string {
  if (!summary) return "No data open";
  const { folder, files, bytes: size, symbols, problems } = summary;
  return [folder, counted(files, "file"), ...(size === undefined ? [] : [bytes(size)]), symbols.map(({ symbol }) => symbol).join(", "), ...(problems.length === 0 ? [] : [`${count(problems.length)} to look at`])].join(" · ");
}

/** Why the Run button is off, or what it does. */
function whyNotRun(session: ReturnType<typeof useSession>): string {
  if (session.run.busy()) return "A run is under way";
  if (session.data.state().kind !== "open") return "Open a data folder first";
  const selection = session.strategy.selection();
  if (!selection.some((one) => "strategy" in one)) return selection.length === 1 ? "The strategy has mistakes: see the list under it" : "Each of the selected strategies has mistakes";
  return selection.length === 1 ? "Run the strategy (R)" : `Run the ${counted(selection.length, "selected strategy", "selected strategies")} (R)`;
}
