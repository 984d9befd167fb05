import { ManualClock } from '../client/ManualClock';
import { Expectations } from './Expectations';

describe('Expectations', () => {
  it('waits for creations and deletions to be seen', () => {
    const expectations = new Expectations(new ManualClock());
    expect(expectations.isSatisfied('a')).toBe(true);
    expectations.expectCreations('a', 2);
    expectations.creationObserved('a');
    expect(expectations.isSatisfied('a')).toBe(false);
    expectations.creationObserved('a');
    expect(expectations.isSatisfied('a')).toBe(true);
    expectations.expectDeletions('a', ['x', 'y']);
    expectations.deletionObserved('a', 'x');
    expectations.deletionObserved('a', 'x');
    expect(expectations.isSatisfied('a')).toBe(false);
    expectations.deletionObserved('a', 'y');
    expect(expectations.isSatisfied('a')).toBe(true);
  });

  it('gives up after five minutes', async () => {
    const clock = new ManualClock();
    const expectations = new Expectations(clock);
    expectations.expectCreations('a', 1);
    await clock.advance(299_000);
    expect(expectations.isSatisfied('a')).toBe(false);
    await clock.advance(1_000);
    expect(expectations.isSatisfied('a')).toBe(true);
  });
});
