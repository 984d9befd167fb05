/** Kubernetes leaves most counters out of a status while they are zero. */
export function withoutZeros<T extends Record<string, number>>(
  counters: T,
): Partial<T> {
  return Object.fromEntries(
    Object.entries(counters).filter(([, count]) => count !== 0),
  ) as Partial<T>;
}
