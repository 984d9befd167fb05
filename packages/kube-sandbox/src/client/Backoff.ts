/**
 * Delays that double from `initialMs` to `maxMs`, each shortened by a random part so that clients of a
 * restarted server do not return all at once.
 */
export class Backoff {
  private failures = 0;

  constructor(
    private readonly options: {
      initialMs: number;
      maxMs: number;
      random?: () => number;
    },
  ) {}

  next(): number {
    const { initialMs, maxMs, random = Math.random } = this.options;
    const delay = Math.min(maxMs, initialMs * 2 ** this.failures);
    this.failures += 1;
    return Math.round(delay * (0.5 + random() / 2));
  }

  reset(): void {
    this.failures = 0;
  }
}
