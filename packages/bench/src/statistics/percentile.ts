/**
 * The smallest sample that at least `share` of all samples do not exceed (nearest rank), so that it is
 * always a sample that was seen. `share` is 0.99 for the 99th percentile. Throws without samples.
 */
export function percentile(samples: readonly number[], share: number): number {
  if (samples.length === 0) {
    throw new Error('There are no samples to take a percentile of.');
  }
  if (!(share > 0 && share <= 1)) {
    throw new Error(`A percentile's share is above 0 and at most 1: ${share}.`);
  }
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1];
}

/** The middle sample, or the mean of the two in the middle. Throws without samples. */
export function median(samples: readonly number[]): number {
  if (samples.length === 0) {
    throw new Error('There are no samples to take a median of.');
  }
  const sorted = [...samples].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? sorted[half]
    : (sorted[half - 1] + sorted[half]) / 2;
}
