import { render } from "solid-js/web";
import { openOpfsCacheFolder, SLICES_FOLDER } from "../data/hot/cache-folder-opfs.ts";
import { browserHost } from "../pool/spawn-browser.ts";
import { browserRunStore } from "./runs/run-store.ts";
import { App } from "./App.tsx";
import { browserOffline } from "./shell/offline.ts";
import { withUpdatesWaiting } from "./shell/updates-wait.ts";
import { browserLibraryMemory } from "./library/folder-memory.ts";
import { browserCopyAccess, browserFolderAccess, browserFolderMemory, browserLibraryAccess } from "./session/folder-access.ts";
import { browserRulesMemory } from "./session/rules-memory.ts";
import { createWorkerBackend } from "./session/worker-backend.ts";
import "./app.css";

/** Puts the page together and draws it. */
export function start(): void {
  const root = document.getElementById("app");
  if (!root) throw new Error("index.html has no element #app");

  const sampleManifest = new URL("sample/manifest.json", document.baseURI).href;
  const offline = browserOffline(new URL("sw.js", document.baseURI).href);
  const ports = {
    backend: withUpdatesWaiting(createWorkerBackend(browserHost, sampleManifest), offline), access: browserFolderAccess, memory: browserFolderMemory, rulesMemory: browserRulesMemory, storage: localStorage,
    libraryAccess: browserLibraryAccess, libraryMemory: browserLibraryMemory, copyAccess: browserCopyAccess,
    kept: openOpfsCacheFolder(SLICES_FOLDER), runStore: browserRunStore(), offline,
  };
  render(() => <App ports={ports} />, root);
}
