/** Answers about dates that hold until files are looked at again, so that a run which follows another in a moment asks nothing twice. */
import type { DayNumber } from "../../core/time.ts";
import type { DayChunk } from "../catalogue/types.ts";
import type { DaySlice } from "../chunk-rows.ts";
import type { DateRows, Recalled } from "../date-rows.ts";
import type { HotSlices } from "./hot-slices.ts";

/** Slices are remembered while the hot tier holds them, so its budget bounds these too. */
export class RememberedDays {
  readonly #hot: HotSlices;
  #days = new WeakMap<DayChunk, Map<string, RememberedRows>>();
  #dropped = 0;

  constructor(hot: HotSlices) {
    this.#hot = hot;
  }

  forget(): void {
    this.#days = new WeakMap();
  }

  /** The rows of a date, asked of `open` once. @param fields the columns that slices carry */
  of(chunk: DayChunk, date: DayNumber, fields: string, open: () => DateRows): DateRows {
    if (this.#dropped !== this.#hot.dropped) this.forget();
    this.#dropped = this.#hot.dropped;
    const days = this.#days.get(chunk) ?? new Map<string, RememberedRows>();
    this.#days.set(chunk, days);
    const key = `${date} ${fields}`;
    const known = days.get(key);
    if (known) return known.reopened(open);
    const rows = new RememberedRows(this.#hot, open);
    days.set(key, rows);
    return rows;
  }
}

/** One date. A failure is asked for again. */
class RememberedRows implements DateRows {
  readonly recalled: Recalled = new Map();
  readonly #hot: HotSlices;
  readonly #values = new Map<string, unknown>();
  #open: () => DateRows;

  constructor(hot: HotSlices, open: () => DateRows) {
    this.#hot = hot;
    this.#open = open;
  }

  /** What is not known yet is asked of the run that wants it. */
  reopened(open: () => DateRows): this {
    this.#open = open;
    return this;
  }

  expiries() {
    return this.#value("expiries", (rows) => rows.expiries());
  }

  strikes(expiry: DayNumber) {
    return this.#value(`strikes ${expiry}`, (rows) => rows.strikes(expiry));
  }

  contract(...[contract, key]: Parameters<DateRows["contract"]>) {
    return this.#slice(key, (rows) => rows.contract(contract, key));
  }

  spot() {
    return this.#slice("spot", (rows) => rows.spot());
  }

  future() {
    return this.#slice("future", (rows) => rows.future());
  }

  vix() {
    return this.#slice("vix", (rows) => rows.vix());
  }

  hasRows() {
    return this.#value("hasRows", (rows) => rows.hasRows());
  }

  inputs(): string {
    const known = this.#values.get("inputs") as string | undefined;
    if (known !== undefined) return known;
    const inputs = this.#open().inputs();
    this.#values.set("inputs", inputs);
    return inputs;
  }

  async #value<T>(key: string, ask: (rows: DateRows) => Promise<T>): Promise<T> {
    if (this.#values.has(key)) return this.#values.get(key) as T;
    const value = await ask(this.#open());
    this.#values.set(key, value);
    return value;
  }

  async #slice(key: string, ask: (rows: DateRows) => Promise<DaySlice | undefined>): Promise<DaySlice | undefined> {
    const known = this.#values.get(key) as DaySlice | undefined;
    if (this.#values.has(key) && (!known?.slice || this.#hot.touch(known.slice))) return known;
    const found = await ask(this.#open());
    if (!found?.slice || this.#hot.touch(found.slice)) this.#values.set(key, found);
    return found;
  }
}
