import { EventCorrelator, EventIdentity } from './EventCorrelator';

const event = (message: string, uid = 'a'): EventIdentity => ({
  uid,
  type: 'Warning',
  reason: 'Failed',
  message,
});

describe('EventCorrelator', () => {
  it('gives the same event the same key', () => {
    const correlator = new EventCorrelator();
    const keys = [
      event('x'),
      event('x'),
      event('y'),
      event('x', 'b'),
      { ...event('x'), fieldPath: 'spec.containers{main}' },
    ].map(it => correlator.correlate(it, 0)?.key);
    expect(keys[0]).toBe(keys[1]);
    expect(new Set(keys).size).toBe(4);
  });

  it('combines what differs in the message alone after the tenth', () => {
    const correlator = new EventCorrelator();
    const correlate = (index: number, now = 0) =>
      correlator.correlate(event(`message ${index}`), now);
    const seen = Array.from({ length: 12 }, (_, index) => correlate(index));
    expect(seen.map(it => it?.message)).toEqual([
      ...Array.from({ length: 9 }, (_, index) => `message ${index}`),
      '(combined from similar events): message 9',
      '(combined from similar events): message 10',
      '(combined from similar events): message 11',
    ]);
    expect(new Set(seen.map(it => it?.key)).size).toBe(10);
    expect(correlate(12, 10 * 60_000 + 1)?.message).toBe('message 12');
  });

  it('drops what is said of one object too often', () => {
    const correlator = new EventCorrelator();
    const correlate = (now: number, uid = 'a') =>
      correlator.correlate(event('x', uid), now) !== undefined;
    const first = Array.from({ length: 26 }, () => correlate(0));
    expect(first.filter(Boolean)).toHaveLength(25);
    expect(correlate(0, 'b')).toBe(true);
    expect(correlate(5 * 60_000 - 1)).toBe(false);
    expect(correlate(5 * 60_000)).toBe(true);
    expect(correlate(5 * 60_000)).toBe(false);
  });
});
