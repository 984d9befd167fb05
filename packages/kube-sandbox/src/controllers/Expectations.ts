import { Clock } from '../client';

interface Expected {
  creations: number;
  deletions: Set<string>;
  until: number;
}

/** A lost watch event must not stop a controller for ever. */
const GIVE_UP_MS = 5 * 60_000;

/**
 * What a controller did and has not yet seen in its cache. Until it has, counting the cache would make
 * it do the same again.
 */
export class Expectations {
  private readonly expected = new Map<string, Expected>();

  constructor(private readonly clock: Clock) {}

  /** Both at once; what was expected before counts no longer. */
  expect(
    key: string,
    expected: { creations: number; deletions: string[] },
  ): void {
    const { creations, deletions } = expected;
    this.set(key, { creations, deletions: new Set(deletions) });
  }

  expectCreations(key: string, count: number): void {
    this.set(key, { creations: count, deletions: new Set() });
  }

  expectDeletions(key: string, uids: string[]): void {
    this.set(key, { creations: 0, deletions: new Set(uids) });
  }

  /** `count` creations were seen, or will never be. */
  creationObserved(key: string, count = 1): void {
    const expected = this.expected.get(key);
    if (expected) {
      expected.creations -= count;
    }
  }

  /** The deletion was seen, or will never be. */
  deletionObserved(key: string, uid: string | undefined): void {
    this.expected.get(key)?.deletions.delete(uid ?? '');
  }

  isSatisfied(key: string): boolean {
    const expected = this.expected.get(key);
    return (
      !expected ||
      (expected.creations <= 0 && expected.deletions.size === 0) ||
      expected.until <= this.clock.now()
    );
  }

  forget(key: string): void {
    this.expected.delete(key);
  }

  private set(key: string, expected: Omit<Expected, 'until'>): void {
    this.expected.set(key, {
      ...expected,
      until: this.clock.now() + GIVE_UP_MS,
    });
  }
}
