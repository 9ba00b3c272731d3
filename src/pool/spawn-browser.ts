import careUrl from "../../workers/care.ts?worker&url";
import catalogueUrl from "../../workers/catalogue.ts?worker&url";
import engineUrl from "../../workers/engine.ts?worker&url";
import indexUrl from "../../workers/index.ts?worker&url";
import resultsUrl from "../../workers/results.ts?worker&url";
import sqlUrl from "../../workers/sql.ts?worker&url";
import verifyUrl from "../../workers/verify.ts?worker&url";
import { createBlobHost } from "./blob-host.ts";

/** The workers of the page. */
export const browserHost = createBlobHost({ care: careUrl, catalogue: catalogueUrl, engine: engineUrl, index: indexUrl, results: resultsUrl, sql: sqlUrl, verify: verifyUrl });
