/** How much of a second passes before a rate is believed, milliseconds. */
const WINDOW = 2_000;
/** After a change: workers start, and files of the one before are still being read. */
const SETTLING = 700;
/** What another number must gain at least. */
const WORTH_IT = 1.05;

export interface TuningLimits {
  readonly start: number;
  readonly most: number;
  /** Otherwise the number stays. */
  readonly tuned: boolean;
}

/**
 * Finds how many workers together get through the most contract-days per second: first one more is tried, then one less, as long as
 * that pays, and the best is kept. Disks that are busy already and cores that others use make more workers slower.
 */
export class WorkerTuning {
  readonly #most: number;
  readonly #now: () => number;
  #waiting: readonly { readonly index: number; readonly go: () => void }[] = [];
  #allowed: number;
  #best: { readonly count: number; readonly rate: number } | undefined;
  readonly #measured = new Set<number>();
  #settled: boolean;
  #since: number | undefined;
  #done = 0;

  constructor({ start, most, tuned }: TuningLimits, now = () => performance.now()) {
    this.#most = most;
    this.#allowed = Math.min(start, most);
    this.#now = now;
    this.#settled = !tuned || most === 1;
  }

  /** Workers that may take work now. */
  get allowed(): number {
    return this.#allowed;
  }

  /** Resolves when the worker of this place may look for work. */
  async turn(index: number): Promise<void> {
    if (index >= this.#allowed) await new Promise<void>((go) => (this.#waiting = [...this.#waiting, { index, go }]));
  }

  /** Nothing is left to take: everybody may see that. */
  end(): void {
    this.#settled = true;
    this.#allow(this.#most);
  }

  /** So many contract-days are done. Answers whether another number of workers is allowed from now on. */
  note(contractDays: number): boolean {
    if (this.#settled) return false;
    const now = this.#now();
    // What the first took began before anybody looked at the clock.
    const isFirst = this.#since === undefined;
    this.#since ??= now;
    if (isFirst || now < this.#since) return false;
    this.#done += contractDays;
    if (now - this.#since < WINDOW) return false;
    const wanted = this.#next((this.#done / (now - this.#since)) * 1000);
    this.#done = 0;
    this.#since = now + SETTLING;
    if (wanted === this.#allowed) return false;
    this.#allow(wanted);
    return true;
  }

  #allow(count: number): void {
    this.#allowed = count;
    const ready = this.#waiting.filter(({ index }) => index < count);
    this.#waiting = this.#waiting.filter(({ index }) => index >= count);
    for (const { go } of ready) go();
  }

  #next(rate: number): number {
    const count = this.#allowed;
    this.#measured.add(count);
    if (!this.#best || rate > this.#best.rate * WORTH_IT) this.#best = { count, rate };
    const { count: best } = this.#best;
    const untried = [best + 1, best - 1].find((one) => one >= 1 && one <= this.#most && !this.#measured.has(one));
    if (untried === undefined) this.#settled = true;
    return untried ?? best;
  }
}
