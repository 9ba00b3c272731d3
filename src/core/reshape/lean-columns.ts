import { COLUMNS } from "../strategy/metrics.ts";

/** Known columns that tell when a row was, and of what. */
const KEY_COLUMNS = ["timestamp", "ts", "date", "time", "symbol", "opt_type", "strike", "expiry"];
/** Known columns that are read and that no FIELD names. */
const READ_COLUMNS = ["price", "lastTradeTime", "vol_delta", "iv"];

/** The known names of the columns that a lean copy keeps. */
export const LEAN_COLUMNS: ReadonlySet<string> = new Set([...KEY_COLUMNS, ...READ_COLUMNS, ...COLUMNS]);
