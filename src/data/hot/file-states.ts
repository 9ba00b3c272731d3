import type { FileFingerprint } from "../../core/results/types.ts";
import type { FileState } from "../retry-changed.ts";
import { mapBounded } from "../bounded.ts";
import type { Folder } from "../ports.ts";

/** Looks that are under way together: each waits for the platform rather than the other way round. */
const TOGETHER = 8;

/** Size and time of files, looked at once per run: what was made from a file holds while they are the same. */
export class FileStates {
  readonly #folder: Folder;
  readonly #known = new Map<string, Promise<FileState | undefined>>();

  constructor(folder: Folder) {
    this.#folder = folder;
  }

  /** Files are looked at anew from now on. */
  forget(): void {
    this.#known.clear();
  }

  async allSame(files: readonly FileFingerprint[]): Promise<boolean> {
    const states = await Promise.all(files.map(({ path }) => this.#state(path)));
    return files.every(({ size, modified }, i) => states[i]?.size === size && states[i]?.modified === modified);
  }

  /** Looks at files before anybody asks for them. */
  async look(files: readonly FileFingerprint[]): Promise<void> {
    await mapBounded(files, TOGETHER, ({ path }) => this.#state(path));
  }

  #state(path: string): Promise<FileState | undefined> {
    let known = this.#known.get(path);
    if (!known) this.#known.set(path, (known = this.#look(path)));
    return known;
  }

  /** Undefined for a file that cannot be looked at: reading it will say why. */
  async #look(path: string): Promise<FileState | undefined> {
    try {
      return await (await this.#folder.file(path))?.stat();
    } catch {
      return undefined;
    }
  }
}
