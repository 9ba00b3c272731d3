/** How long a worker that is asked many things at once leaves all of them unanswered. */
import { WorkerHung } from "./in-time.ts";

/** Any answer is a sign of life for all questions that wait. After too long a silence they reject with WorkerHung. */
export class Silence {
  readonly #milliseconds: number;
  readonly #doing: string;
  readonly #onHung: () => void;
  readonly #waiting = new Set<(error: WorkerHung) => void>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param doing what the worker is at, in words */
  constructor(milliseconds: number, doing: string, onHung: () => void) {
    this.#milliseconds = milliseconds;
    this.#doing = doing;
    this.#onHung = onHung;
  }

  async until<T>(answer: Promise<T>): Promise<T> {
    let giveUp: (error: WorkerHung) => void = () => undefined;
    const late = new Promise<never>((_, reject) => (giveUp = reject));
    this.#waiting.add(giveUp);
    if (this.#waiting.size === 1) this.#listen();
    try {
      return await Promise.race([answer, late]);
    } finally {
      this.#waiting.delete(giveUp);
      this.#listen();
    }
  }

  #listen(): void {
    clearTimeout(this.#timer);
    this.#timer = this.#waiting.size === 0 ? undefined : setTimeout(() => this.#hung(), this.#milliseconds);
  }

  #hung(): void {
    const error = new WorkerHung(this.#milliseconds, this.#doing);
    for (const giveUp of this.#waiting) giveUp(error);
    this.#onHung();
  }
}
