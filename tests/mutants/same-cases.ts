/** What one run of the mutants has killed, the next one kills. */
import fc from "fast-check";

fc.configureGlobal({ seed: 20_260_101, endOnFailure: true });
