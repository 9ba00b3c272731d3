import { createStore, del, entries, get, setMany } from "idb-keyval";
import type { ReadTrades } from "../../core/results/read-trades-csv.ts";
import type { RunRecord, RunStore } from "./run-record.ts";

/** Records and their trades lie apart, so that the list is read without them. */
export function browserRunStore(): RunStore {
  const records = createStore("straddle-runs", "records");
  const trades = createStore("straddle-run-trades", "trades");
  return {
    async list() {
      const found = await entries<string, RunRecord>(records);
      return found.map(([, record]) => record);
    },
    async save(record, table) {
      if (table) await setMany([[record.id, table]], trades);
      await setMany([[record.id, record]], records);
    },
    trades: (id) => get<ReadTrades>(id, trades),
    async remove(id) {
      await del(id, records);
      await del(id, trades);
    },
  };
}
