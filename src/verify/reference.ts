/**
 * The one door to the reference engine of the tests: slow, written from the semantics alone, and by rules of its own. It shares the
 * strategy parser and plain types with the product, and nothing else.
 */
export { withRules, type RuleBook } from "../../tests/reference/rule-book.ts";
export { runReference, type ReferenceResult } from "../../tests/reference/engine.ts";
export { expiryNamed } from "../../tests/reference/expiry.ts";
export { SKIP_COLUMNS, TRADE_COLUMNS } from "../../tests/reference/rows-out.ts";
export type { RawFile, RawRow } from "../../tests/reference/read-folder.ts";
