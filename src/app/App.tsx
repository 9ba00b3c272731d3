import { createEffect, createSignal, lazy, on, onCleanup, onMount, Show, Suspense } from "solid-js";
import { readDrop } from "./session/dropped.ts";
import { createSession, SessionContext, type SessionPorts, type View } from "./session/session.ts";
import { Header } from "./shell/Header.tsx";
import { createKeyboard } from "./shell/keyboard.ts";
import { createRunNotices } from "./shell/run-notices.ts";
import { StatusBar } from "./shell/StatusBar.tsx";
import { Welcome } from "./shell/Welcome.tsx";
import { StrategyPanel } from "./strategy/StrategyPanel.tsx";
import { createTurn, whenIdle } from "./ui/later.ts";
import { Loaded } from "./ui/Loaded.tsx";
import { Split } from "./ui/Split.tsx";
import { Tabs } from "./ui/Tabs.tsx";

// What is seen only once data is open comes in scripts of its own.
const ResultsPanel = lazy(() => import("./results/ResultsPanel.tsx").then(({ ResultsPanel }) => ({ default: ResultsPanel })));
const RunsPanel = lazy(() => import("./runs/RunsPanel.tsx").then(({ RunsPanel }) => ({ default: RunsPanel })));
const StudiesPanel = lazy(() => import("./studies/StudiesPanel.tsx").then(({ StudiesPanel }) => ({ default: StudiesPanel })));
const SqlPanel = lazy(() => import("./sql/SqlPanel.tsx").then(({ SqlPanel }) => ({ default: SqlPanel })));
const Dialogs = lazy(() => import("./shell/Dialogs.tsx").then(({ Dialogs }) => ({ default: Dialogs })));
const DataPanel = lazy(() => import("./data/DataPanel.tsx").then(({ DataPanel }) => ({ default: DataPanel })));

/** A failure shows where the panel is wanted. */
const nobodyWaits = () => undefined;

/** One after another. */
function preloadIdly([panel, ...others]: readonly { preload(): Promise<unknown> }[]): void {
  if (panel) whenIdle(() => void panel.preload().catch(nobodyWaits).then(() => preloadIdly(others)));
}

export function App(props: { ports: SessionPorts }) {
  const session = createSession(props.ports);
  const { data, run } = session;
  const [dropping, setDropping] = createSignal(false);
  /** The rest of the page is drawn before the strategy's pane. */
  const turn = createTurn();
  const onKeyDown = createKeyboard(session, () => document.getElementById("trade-filter")?.focus());
  createRunNotices(session);
  const lookAtAddress = () => void session.share.look();
  /** Whoever comes back from an editor or from git finds what is there now. */
  const lookAtFolder = () => void session.libraryFolder.syncNow();

  /** Strategies are taken up, everything else is data. */
  async function takeDrop(transfer: DataTransfer): Promise<void> {
    const texts = [...transfer.files].filter((file) => /\.ya?ml$/i.test(file.name));
    if (texts.length === 0) return session.openDropped(await readDrop(transfer));
    for (const file of texts) session.strategy.take(await file.text());
  }

  createEffect(() => {
    const { theme } = session.preferences;
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  });

  // What is looked at first comes at once, the rest whenever the page has nothing else to do.
  createEffect(
    on(
      () => data.state().kind === "opening",
      (opening) => {
        if (!opening) return;
        void ResultsPanel.preload().catch(nobodyWaits);
        preloadIdly([DataPanel, RunsPanel, StudiesPanel, SqlPanel]);
      },
    ),
  );

  onMount(() => {
    void data.restore();
    void session.runs.load();
    void session.libraryFolder.restore();
    setTimeout(() => void Dialogs.preload().catch(nobodyWaits));
    lookAtAddress();
    props.ports.offline?.start();
    addEventListener("hashchange", lookAtAddress);
    addEventListener("focus", lookAtFolder);
    document.addEventListener("keydown", onKeyDown);
    onCleanup(() => {
      removeEventListener("hashchange", lookAtAddress);
      removeEventListener("focus", lookAtFolder);
      document.removeEventListener("keydown", onKeyDown);
    });
  });

  const opened = () => data.state().kind === "open";
  const runs = () => (session.runs.runs().length === 0 ? undefined : String(session.runs.runs().length));
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
          if (event.dataTransfer) void takeDrop(event.dataTransfer);
        }}
      >
        <Header />
        <Split
          label="Width of the strategy pane"
          width={session.preferences.leftWidth}
          least={320}
          most={720}
          onResize={(width) => session.setPreferences("leftWidth", width)}
          left={<Show when={turn()}><StrategyPanel /></Show>}
          right={
            <div class="pane right">
              <Show when={opened() || run.results() || session.view() === "runs"} fallback={<Welcome />}>
                <Tabs<View>
                  label="Results and data"
                  chosen={session.view()}
                  onChoose={session.setView}
                  tabs={[
                    { id: "results", label: "Results", body: () => <Loaded><ResultsPanel /></Loaded> },
                    { id: "runs", label: "Runs", count: runs, body: () => <Loaded><RunsPanel /></Loaded> },
                    { id: "studies", label: "Studies", body: () => <Loaded><StudiesPanel /></Loaded> },
                    { id: "sql", label: "SQL", body: () => <Loaded><SqlPanel /></Loaded> },
                    { id: "data", label: "Data", count: problems, body: () => <Loaded><DataPanel /></Loaded> },
                  ]}
                />
              </Show>
            </div>
          }
        />
        <StatusBar />
        <Show when={session.dialog() !== undefined || session.verify.target() !== undefined || session.share.incoming()}>
          <Suspense>
            <Dialogs />
          </Suspense>
        </Show>
      </div>
    </SessionContext.Provider>
  );
}
