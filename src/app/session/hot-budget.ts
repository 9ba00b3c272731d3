/** Share of the machine's memory that rows may take, of all workers together. */
const SHARE = 1 / 4;
/** Browsers that do not tell the memory of the machine: gigabytes. */
const UNKNOWN_MEMORY = 4;
const MOST_GIGABYTES = 8;

/** Bytes that each of so many workers may hold from run to run. Browsers tell the machine's memory in coarse steps, if at all. */
export function hotBudget(workers: number): number {
  const { deviceMemory = UNKNOWN_MEMORY } = navigator as Navigator & { readonly deviceMemory?: number };
  return Math.floor((Math.min(deviceMemory * SHARE, MOST_GIGABYTES) * 2 ** 30) / workers);
}
