/** Where each bug was found the last time, so that the test need not search. A place that has moved costs the test a search, which says where it is now. */
import type { Bug } from "../reference/bugs.ts";
import type { Place } from "./bug-search.ts";

export const FOUND_AT: Readonly<Partial<Record<Bug, Place>>> = {
};
