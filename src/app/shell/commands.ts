/** Everything that can be done from the command palette. */
import { RESULT_UNITS } from "../../core/results/result-unit.ts";
import type { Session } from "../session/session.ts";
import { toggleNotices } from "./run-notices.ts";
import { UNIT_WORDS } from "../ui/amount.ts";

export interface Command {
  readonly id: string;
  readonly title: string;
  /** The key that does the same outside fields. */
  readonly key?: string;
  readonly enabled: boolean;
  run(): void;
}

export function commands(session: Session): readonly Command[] {
  const { run, data, results, strategy, replay, verify } = session;
  const done = run.shown() !== undefined && !run.busy();
  const always = (id: string, title: string, act: () => void, key?: string): Command => ({ id, title, enabled: true, run: act, ...(key && { key }) });
  return [
    { id: "run", title: "Run the strategy", key: "R", enabled: session.canRun(), run: () => void session.start() },
    { id: "stop", title: "Stop the run", key: "Esc", enabled: run.busy(), run: session.stop },
    always("live", session.live.isOn() ? "Live: off" : "Live: run the strategy anew whenever it changes", () => session.live.setOn(!session.live.isOn()), "L"),
    { id: "verify", title: "Verify the run", enabled: done, run: () => verify.open({ kind: "shown" }) },
    { id: "close", title: "Close the run", enabled: done, run: () => void session.closeRun() },
    { id: "replay", title: "Replay a day second by second", enabled: done, run: session.replayDay },
    { id: "undo", title: "Undo the last change of the strategy", key: "Ctrl Z", enabled: strategy.canUndo(), run: strategy.undo },
    { id: "redo", title: "Redo the change of the strategy", key: "Ctrl ⇧ Z", enabled: strategy.canRedo(), run: strategy.redo },
    always("builder", "Show the builder", () => session.setPreferences("face", "builder")),
    always("yaml", "Show the strategy as YAML", () => session.setPreferences("face", "yaml")),
    { id: "together", title: "Select strategies that run together", enabled: !run.busy(), run: () => session.setDialog("strategies") },
    always("share", "Share the strategy", () => session.setDialog("share"), "S"),
    always("library", "Open the library", () => session.setDialog("library")),
    always("results", "Show results", () => session.setView("results")),
    always("runs", "Show the history of runs", () => session.setView("runs")),
    { id: "studies", title: "Show studies", enabled: data.state().kind === "open", run: () => session.setView("studies") },
    { id: "sql", title: "Ask in SQL", enabled: data.state().kind === "open", run: () => session.setView("sql") },
    { id: "data", title: "Show data", enabled: data.state().kind === "open", run: () => session.setView("data") },
    { id: "open", title: "Open data folder", enabled: data.canPick && !run.busy(), run: () => void session.openFolder() },
    { id: "sample", title: "Try sample data", enabled: !run.busy(), run: () => void session.trySample() },
    { id: "all", title: "Show all days and variants", enabled: !results.everything(), run: results.selectAll },
    { id: "day", title: "Draw the day of the chosen trade", enabled: session.chosenTrade() !== undefined && done, run: () => session.openTrade(session.chosenTrade() ?? 0) },
    { id: "overview", title: "Back to the overview", key: "Esc", enabled: replay.state().kind !== "closed", run: replay.close },
    { id: "csv", title: "Download trades as CSV", enabled: done, run: () => void session.save("trades.csv") },
    { id: "parquet", title: "Download trades as Parquet", enabled: done, run: () => void session.save("trades.parquet") },
    { id: "ledger", title: "Download run.json", enabled: done, run: () => void session.save("run.json") },
    ...RESULT_UNITS.map((unit) => always(`unit ${unit}`, `Read results in ${UNIT_WORDS[unit].label.toLowerCase()}`, () => session.setPreferences("unit", unit))),
    ...(["system", "light", "dark"] as const).map((theme) => always(`theme ${theme}`, `Theme: ${theme}`, () => session.setPreferences("theme", theme))),
    always("notify", session.preferences.notify ? "Do not notify when a long run ends" : "Notify when a long run ends", () => void toggleNotices(session)),
    always("keys", "Keyboard shortcuts", () => session.setDialog("keys"), "?"),
    ...[...strategy.own(), ...strategy.templates].map((one) => always(`strategy ${one.id}`, `Strategy: ${one.name}`, () => strategy.choose(one.id))),
  ];
}

/** Those whose title has a word beginning with each word that was typed, in their order. */
export function matching(all: readonly Command[], typed: string): readonly Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return all.filter(({ title, enabled }) => enabled && words.every((word) => ` ${title.toLowerCase()}`.includes(` ${word}`)));
}
