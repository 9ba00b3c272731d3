import type { DayNumber } from "../core/time.ts";
import type { EngineLane } from "./engine-lane.ts";
import type { EnginePool } from "./engine-pool.ts";
import type { PlannedPortion } from "./protocol.ts";

export interface WaitingPortion {
  readonly portion: PlannedPortion;
  readonly dates: readonly DayNumber[];
}

/** A lane without work takes from another one only where so many portions wait for that. */
const WORTH_TAKING = 4;

/**
 * Hands out portions: to each lane first those that it ran before, since it holds their rows, then those that nobody ran. Only
 * where rows did not fit into memory does a lane take from another.
 */
export class PortionQueue {
  readonly #pool: EnginePool;
  readonly #own = new Map<EngineLane, WaitingPortion[]>();
  readonly #free: WaitingPortion[] = [];
  readonly #mayTake: boolean;

  constructor(pool: EnginePool, lanes: readonly EngineLane[], portions: readonly WaitingPortion[]) {
    this.#pool = pool;
    this.#mayTake = pool.overflowed;
    for (const lane of lanes) this.#own.set(lane, []);
    for (const waiting of portions) {
      const owner = pool.ownerOf(waiting.portion);
      (owner && this.#own.get(owner) ? this.#own.get(owner)! : this.#free).push(waiting);
    }
  }

  next(lane: EngineLane): WaitingPortion | undefined {
    const found = this.#own.get(lane)?.shift() ?? this.#free.shift() ?? this.#taken();
    if (found) this.#pool.own(found.portion, lane);
    return found;
  }

  /** Whether no worker holds rows of any of them: each can be done by any. */
  get isFree(): boolean {
    return [...this.#own.values()].every((own) => own.length === 0);
  }

  clear(): void {
    this.#free.length = 0;
    for (const own of this.#own.values()) own.length = 0;
  }

  #taken(): WaitingPortion | undefined {
    if (!this.#mayTake) return undefined;
    const [longest] = [...this.#own.values()].sort((a, b) => b.length - a.length);
    return longest && longest.length >= WORTH_TAKING ? longest.pop() : undefined;
  }
}
