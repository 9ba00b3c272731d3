/** Builds the command line unless it is up to date; answers the folder that holds `main.js` and `worker.js`. */
export function buildCli(): Promise<string>;
