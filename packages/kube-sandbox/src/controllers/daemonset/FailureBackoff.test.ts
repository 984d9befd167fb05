import { ManualClock } from '../../client/ManualClock';
import { FailureBackoff } from './FailureBackoff';

describe('FailureBackoff', () => {
  it('waits longer after each failure, for each key by itself', async () => {
    const clock = new ManualClock();
    const backoff = new FailureBackoff({ clock, speed: 1 });
    expect(backoff.next('a')).toBe(0);
    expect(backoff.next('a')).toBe(1_000);
    expect(backoff.next('b')).toBe(0);
    await clock.advance(1_000);
    expect(backoff.next('a')).toBe(0);
    expect(backoff.next('a')).toBe(2_000);
    await clock.advance(31 * 60_000);
    expect(backoff.next('a')).toBe(0);
    expect(backoff.next('a')).toBe(1_000);
  });
});
