/** Imported before any schema is made: a page without 'unsafe-eval' must not even probe for it. */
import { z } from "zod";

z.config({ jitless: true });
