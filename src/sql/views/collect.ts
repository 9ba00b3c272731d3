import { MessageReader } from "apache-arrow";

/** What a query gave: an Arrow IPC stream, in pieces. */
export interface Collected {
  readonly messages: readonly Uint8Array[];
  readonly rows: number;
  readonly bytes: number;
  /** False where there is more than was taken. */
  readonly complete: boolean;
}

export interface Most {
  readonly rows: number;
  readonly bytes: number;
}

/** Takes pieces until there is too much of them. */
export class Collector {
  readonly #most: Most;
  readonly #messages: Uint8Array[] = [];
  #rows = 0;
  #bytes = 0;
  #complete = true;

  constructor(most: Most) {
    this.#most = most;
  }

  /** Whether more is wanted. */
  readonly take = (message: Uint8Array): boolean => {
    this.#messages.push(message);
    this.#bytes += message.length;
    this.#rows += rowsOf(message);
    this.#complete = this.#rows <= this.#most.rows && this.#bytes <= this.#most.bytes;
    return this.#complete;
  };

  result(): Collected {
    return { messages: this.#messages, rows: this.#rows, bytes: this.#bytes, complete: this.#complete };
  }
}

/** A piece is one message: the schema, or a batch. */
function rowsOf(piece: Uint8Array): number {
  const message = new MessageReader(piece).readMessage();
  return message?.isRecordBatch() ? message.header().length : 0;
}
