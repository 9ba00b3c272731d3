/** What has to be done so that the user's own strategies and the files of a folder are the same. Pure: nothing is read or written here. */

/** A file of the folder. */
export interface StrategyFile {
  readonly name: string;
  readonly text: string;
  /** When it was saved last, milliseconds since 1970. */
  readonly saved: number;
}

/** One of the user's own strategies. */
export interface OwnText {
  readonly id: string;
  readonly name: string;
  readonly text: string;
}

/** A strategy and its file. */
export interface SyncLink {
  readonly id: string;
  readonly file: string;
  /** What both had when they were the same last. */
  readonly text: string;
}

/** What only the user can decide, since either answer loses something. */
export type SyncQuestion =
  | { readonly kind: "both_changed"; readonly link: SyncLink; readonly own: OwnText; readonly file: StrategyFile }
  | { readonly kind: "file_gone"; readonly link: SyncLink; readonly own: OwnText }
  | { readonly kind: "own_gone"; readonly link: SyncLink; readonly file: StrategyFile };

export interface SyncPlan {
  /** Pairs that are the same. */
  readonly same: readonly SyncLink[];
  /** Files whose text the page takes: for a strategy that it has, or as a new one. */
  readonly take: readonly { readonly file: StrategyFile; readonly own: OwnText | undefined }[];
  /** Strategies whose text goes into a file. `before`: what the file holds; undefined where it is new. */
  readonly write: readonly { readonly own: OwnText; readonly file: string; readonly before: string | undefined }[];
  readonly questions: readonly SyncQuestion[];
}

export function planSync(files: readonly StrategyFile[], own: readonly OwnText[], links: readonly SyncLink[]): SyncPlan {
  const same: SyncLink[] = [];
  const take: { file: StrategyFile; own: OwnText | undefined }[] = [];
  const write: { own: OwnText; file: string; before: string | undefined }[] = [];
  const questions: SyncQuestion[] = [];
  for (const link of links) {
    const file = files.find(({ name }) => name === link.file);
    const mine = own.find(({ id }) => id === link.id);
    if (!file && !mine) continue;
    if (!file) questions.push({ kind: "file_gone", link, own: mine! });
    else if (!mine) questions.push({ kind: "own_gone", link, file });
    else if (file.text === mine.text) same.push({ ...link, text: file.text });
    else if (file.text === link.text) write.push({ own: mine, file: file.name, before: file.text });
    else if (mine.text === link.text) take.push({ file, own: mine });
    else questions.push({ kind: "both_changed", link, own: mine, file });
  }
  const unlinked = own.filter(({ id }) => links.every((link) => link.id !== id));
  const matched = new Set<string>();
  for (const file of files) {
    if (links.some((link) => link.file === file.name)) continue;
    const twin = unlinked.find(({ id, text }) => text === file.text && !matched.has(id));
    if (twin) {
      matched.add(twin.id);
      same.push({ id: twin.id, file: file.name, text: file.text });
    } else take.push({ file, own: undefined });
  }
  const names = new Set([...files.map(({ name }) => name), ...links.map(({ file }) => file)].map((name) => name.toLowerCase()));
  for (const mine of unlinked.filter(({ id }) => !matched.has(id))) {
    const file = freeName(mine.name, names);
    names.add(file.toLowerCase());
    write.push({ own: mine, file, before: undefined });
  }
  return { same, take, write, questions };
}

/** `Iron condor, 0.2 Δ` → `Iron-condor-0-2.yaml` */
export function fileNameOf(name: string): string {
  return `${name.replaceAll(/[^\w-]+/g, "-").replaceAll(/^-+|-+$/g, "").slice(0, 80) || "strategy"}.yaml`;
}

/** Some file systems take `A.yaml` and `a.yaml` for one file. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  const wanted = fileNameOf(name);
  let free = wanted;
  for (let n = 2; taken.has(free.toLowerCase()); n++) free = wanted.replace(/\.yaml$/, `-${n}.yaml`);
  return free;
}
