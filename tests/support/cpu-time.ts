/** Milliseconds of processor time that work takes: unlike the clock on the wall, it does not grow when others use the machine. */
export function cpuTime(work: () => unknown): number {
  const before = cpuMilliseconds();
  work();
  return cpuMilliseconds() - before;
}

/** Of this process since it began. */
export function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
