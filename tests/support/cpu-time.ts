/** Milliseconds of processor time that work takes: unlike the clock on the wall, it does not grow when others use the machine. */
export function cpuTime(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
