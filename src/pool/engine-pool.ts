import { EngineLane } from "./engine-lane.ts";
import type { PlannedPortion } from "./protocol.ts";
import type { WorkerHost } from "./worker-host.ts";

/** The engine workers of one data folder, kept from run to run with what they hold in memory. */
export class EnginePool {
  readonly #host: WorkerHost;
  #lanes: EngineLane[] = [];
  /** Whether the last run had rows that did not fit into the memory of its workers. */
  overflowed = false;
  /** The lane that ran a portion last holds its rows. */
  readonly #owners = new Map<string, EngineLane>();

  constructor(host: WorkerHost) {
    this.#host = host;
  }

  /** One lane per worker, but no more than there are portions; those beyond are ended. */
  lanes(workers: number, portions: number): readonly EngineLane[] {
    const count = Math.max(1, Math.min(workers, portions));
    for (const surplus of this.#lanes.splice(count)) surplus.end();
    while (this.#lanes.length < count) this.#lanes.push(new EngineLane(this.#host));
    return this.#lanes;
  }

  ownerOf(portion: PlannedPortion): EngineLane | undefined {
    const owner = this.#owners.get(portionKey(portion));
    return owner && this.#lanes.includes(owner) ? owner : undefined;
  }

  own(portion: PlannedPortion, lane: EngineLane): void {
    this.#owners.set(portionKey(portion), lane);
  }

  end(): void {
    for (const lane of this.#lanes) lane.end();
    this.#lanes = [];
    this.#owners.clear();
  }
}

/** The same for portions of the same days in another plan. */
function portionKey({ dates, chunks }: PlannedPortion): string {
  return [dates[0], ...chunks.map(({ symbol }) => symbol)].join(" ");
}
