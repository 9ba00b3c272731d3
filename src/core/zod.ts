/**
 * zod that makes no code: the page's policy forbids `new Function`, and zod's mere probe for it would be reported as a violation.
 * Every schema takes `z` from here, since one that is made before the setting would probe.
 */
import { z } from "zod";

z.config({ jitless: true });

export { z };
