import { createEffect, createSignal, onCleanup, onMount, Show } from "solid-js";
import { DataPanel } from "./data/DataPanel.tsx";
import { ResultsPanel } from "./results/ResultsPanel.tsx";
import { readDrop } from "./session/dropped.ts";
import { createSession, SessionContext, type SessionPorts, type View } from "./session/session.ts";
import { Header } from "./shell/Header.tsx";
import { KeyList } from "./shell/KeyList.tsx";
import { createKeyboard } from "./shell/keyboard.ts";
import { StatusBar } from "./shell/StatusBar.tsx";
import { Welcome } from "./shell/Welcome.tsx";
import { StrategyPanel } from "./strategy/StrategyPanel.tsx";
import { Split } from "./ui/Split.tsx";
import { Tabs } from "./ui/Tabs.tsx";

export function App(props: { ports: SessionPorts }) {
  const session = createSession(props.ports);
  const { data, run } = session;
  const [keysShown, setKeysShown] = createSignal(false);
  const [dropping, setDropping] = createSignal(false);
  const onKeyDown = createKeyboard(session, {
    showKeys: () => setKeysShown(true),
    focusFilter: () => document.getElementById("trade-filter")?.focus(),
  });

  createEffect(() => {
    const { theme } = session.preferences;
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  });

  onMount(() => {
    void data.restore();
    document.addEventListener("keydown", onKeyDown);
    onCleanup(() => document.removeEventListener("keydown", onKeyDown));
  });

  const opened = () => data.state().kind === "open";
  const problems = () => {
    const found = data.summary()?.problems.length ?? 0;
    return found === 0 ? undefined : String(found);
  };

  return (
    <SessionContext.Provider value={session}>
      <div
        class="shell"
        classList={{ dropping: dropping() }}
        onDragOver={(event) => {
          event.preventDefault();
          setDropping(true);
        }}
        onDragLeave={(event) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setDropping(false)}
        onDrop={(event) => {
          event.preventDefault();
          setDropping(false);
          if (event.dataTransfer) void readDrop(event.dataTransfer).then(session.openDropped);
        }}
      >
        <Header onKeys={() => setKeysShown(true)} />
        <Split
          label="Width of the strategy pane"
          width={session.preferences.leftWidth}
          least={280}
          most={720}
          onResize={(width) => session.setPreferences("leftWidth", width)}
          left={<StrategyPanel />}
          right={
            <div class="pane right">
              <Show when={opened() || run.results()} fallback={<Welcome />}>
                <Tabs<View>
                  label="Results and data"
                  chosen={session.view()}
                  onChoose={session.setView}
                  tabs={[
                    { id: "results", label: "Results", body: () => <ResultsPanel /> },
                    { id: "data", label: "Data", count: problems, body: () => <DataPanel /> },
                  ]}
                />
              </Show>
            </div>
          }
        />
        <StatusBar />
        <KeyList open={keysShown()} onClose={() => setKeysShown(false)} />
      </div>
    </SessionContext.Provider>
  );
}
