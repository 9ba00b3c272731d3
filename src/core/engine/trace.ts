/** Who listens to a variant on one day. What it is told has been decided without it, and nothing is worked out for nobody. */
import type { Position } from "./position.ts";

export interface Trace {
  /** A position whose trades all have their exits; without any when its legs waited in vain. */
  closed(position: Position): void;
  /** The variant begins anew, since a contract had to be read first: all that was told is void. */
  restart(): void;
}

export const NO_TRACE: Trace = { closed() {}, restart() {} };
