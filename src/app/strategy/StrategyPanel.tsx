import { createSignal, lazy, Show } from "solid-js";
import type { StrategyProblem } from "../../core/strategy/types.ts";
import { partOf } from "../builder/fields.ts";
import type { Face } from "../session/preferences.ts";
import { useSession } from "../session/session.ts";
import { Loaded } from "../ui/Loaded.tsx";
import { Tabs } from "../ui/Tabs.tsx";
import { PlanView } from "./PlanView.tsx";
import { Remarks } from "./Remarks.tsx";
import { RunSettings } from "./RunSettings.tsx";

// Each face comes in a script of its own; the text's is large and waits until it is looked at.
const YamlEditor = lazy(() => import("../editor/YamlEditor.tsx"));
const Builder = lazy(() => import("../builder/Builder.tsx").then(({ Builder }) => ({ default: Builder })));

/** The left side: what the trader changes. Its two faces show the same text. */
export function StrategyPanel() {
  const session = useSession();
  const { strategy } = session;
  const [place, setPlace] = createSignal<{ readonly line: number; readonly column: number }>();
  const problems = () => {
    const parsed = strategy.parsed();
    return parsed.ok ? [] : parsed.problems;
  };
  const warnings = () => {
    const parsed = strategy.parsed();
    return parsed.ok ? parsed.strategy.warnings : [];
  };

  /** To the control of the problem where the builder has one, else to its line. */
  function goTo({ path, line, column }: StrategyProblem): void {
    if (session.preferences.face === "builder") {
      const part = partOf(path);
      if (!session.preferences.parts.includes(part)) session.setPreferences("parts", (parts) => [...parts, part]);
      if (focusControl(path)) return;
    }
    session.setPreferences("face", "yaml");
    setPlace({ line: line ?? 1, column: column ?? 1 });
  }

  return (
    <section class="pane left" role="region" aria-label="Strategy">
      <Tabs<Face>
        label="Faces of the strategy"
        chosen={session.preferences.face}
        onChoose={(face) => session.setPreferences("face", face)}
        tools={<EditTools />}
        tabs={[
          { id: "builder", label: "Builder", body: () => <Loaded><Builder /></Loaded> },
          {
            id: "yaml",
            label: "YAML",
            body: () => (
              <Loaded>
                <YamlEditor
                  shown={session.preferences.face === "yaml"}
                  text={strategy.text()}
                  problems={problems()}
                  warnings={warnings()}
                  place={place()}
                  onEdit={(text) => strategy.edit(text, "yaml")}
                  onUndo={strategy.undo}
                  onRedo={strategy.redo}
                />
              </Loaded>
            ),
          },
        ]}
      />
      <div class="strategy-foot">
        <Remarks label="Mistakes in the strategy" remarks={problems()} onGo={goTo} />
        <Remarks label="Warnings about the strategy" remarks={warnings()} warning onGo={goTo} />
        <PlanView />
        <RunSettings />
      </div>
    </section>
  );
}

const NEW_STRATEGY = "name: New strategy\nuniverse: { symbol: BANKNIFTY, expiry: nearest }\n";

/** New, undo and redo, for both faces. */
function EditTools() {
  const { strategy, libraryFolder, setDialog } = useSession();
  return (
    <div class="edit-tools">
      <Show when={libraryFolder.questions().length > 0}>
        <button type="button" class="link small" title="Strategies that are not what their files are" onClick={() => setDialog("library")}>
          {libraryFolder.questions().length} to decide
        </button>
      </Show>
      <button type="button" class="link small" aria-label="New strategy" onClick={() => strategy.take(NEW_STRATEGY)}>
        New
      </button>
      <Show when={strategy.edited(strategy.chosen())}>
        <button type="button" class="link small" aria-label="Undo all changes" onClick={strategy.revert}>
          Undo all
        </button>
      </Show>
      <button type="button" class="quiet" aria-label="Undo" title="Undo (Ctrl Z)" disabled={!strategy.canUndo()} onClick={strategy.undo}>
        ↶
      </button>
      <button type="button" class="quiet" aria-label="Redo" title="Redo (Ctrl Shift Z)" disabled={!strategy.canRedo()} onClick={strategy.redo}>
        ↷
      </button>
    </div>
  );
}

/** The control of a path, or of the nearest one above it. */
function focusControl(path: string): boolean {
  for (let wanted = path; wanted !== ""; wanted = wanted.replace(/(?:\.[^.[]*|\[\d+\]|^[^.[]*)$/, "")) {
    const control = document.querySelector<HTMLElement>(`[data-path="${CSS.escape(wanted)}"]`);
    if (!control) continue;
    control.scrollIntoView({ block: "center" });
    control.focus();
    return true;
  }
  return false;
}
