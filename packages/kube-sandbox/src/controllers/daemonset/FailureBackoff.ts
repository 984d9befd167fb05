import { Clock } from '../../client';

const FIRST_MS = 1_000;
const LONGEST_MS = 15 * 60_000;

/**
 * Slows down the replacement of pods that fail again and again: 1 s, 2 s, 4 s … 15 min, and from the start
 * again after a time without failure.
 */
export class FailureBackoff {
  private readonly entries = new Map<
    string,
    { delay: number; since: number }
  >();

  constructor(private readonly options: { clock: Clock; speed: number }) {}

  /** Milliseconds to wait still; 0 where it is time, which is noted as the newest failure. */
  next(key: string): number {
    const { clock, speed } = this.options;
    const now = clock.now();
    const entry = this.entries.get(key);
    const age = entry ? now - entry.since : 0;
    if (entry && age < entry.delay) {
      return entry.delay - age;
    }
    const longest = LONGEST_MS / speed;
    const delay =
      entry && age < 2 * longest
        ? Math.min(2 * entry.delay, longest)
        : FIRST_MS / speed;
    // Set anew, so that the map stays ordered by time and the oldest can be dropped.
    this.entries.delete(key);
    this.entries.set(key, { delay, since: now });
    for (const [other, { since }] of this.entries) {
      if (now - since < 2 * longest) {
        break;
      }
      this.entries.delete(other);
    }
    return 0;
  }
}
