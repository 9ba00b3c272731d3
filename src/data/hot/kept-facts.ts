/** What has been worked out of dates, as long as the files that it was worked out of stay as they are: a later run, study or query reads no rows for it. */
import type { Worked } from "../date-rows.ts";
import type { FileStates } from "./file-states.ts";

/** About what the facts of a date take, with the names of its files. */
const BYTES_EACH = 500;

export class KeptFacts {
  readonly #states: Pick<FileStates, "allSame">;
  readonly #most: number;
  readonly #known = new Map<string, Worked>();

  /** @param budget bytes at most; what comes when they are taken is not kept */
  constructor(states: Pick<FileStates, "allSame">, budget: number) {
    this.#states = states;
    this.#most = Math.floor(budget / BYTES_EACH);
  }

  get bytes(): number {
    return this.#known.size * BYTES_EACH;
  }

  /** What is known by the key, which says all that it depends on beside the contents of its files; else what `work` gives. */
  readonly recall = async (key: string, work: () => Promise<Worked>): Promise<Worked> => {
    const known = this.#known.get(key);
    if (known && (await this.#states.allSame(known.files))) return known;
    const worked = await work();
    // Whoever goes over all dates again finds what is there: to make room for the last would cost the first.
    if (known || this.#known.size < this.#most) this.#known.set(key, worked);
    return worked;
  };
}
