import { Pod, Service } from '../../client';
import { TriggerTimes } from './TriggerTimes';

const SERVICE = {
  metadata: {
    namespace: 'shop',
    name: 'cart',
    creationTimestamp: '2026-01-01T00:00:00Z',
  },
  spec: {},
} as Service;

const pod = (name: string, readyAt?: string) =>
  ({
    metadata: { namespace: 'shop', name },
    status: {
      conditions: readyAt
        ? [{ type: 'Ready', status: 'True', lastTransitionTime: readyAt }]
        : [],
    },
  } as unknown as Pod);

describe('TriggerTimes', () => {
  it('takes the creation of a Service that is new', () => {
    expect(
      new TriggerTimes().next(SERVICE, [pod('a', '2026-01-01T00:05:00Z')]),
    ).toBe('2026-01-01T00:00:00Z');
  });

  it('takes the earliest change of a pod since the last time', () => {
    const times = new TriggerTimes();
    times.next(SERVICE, [pod('a', '2026-01-01T00:05:00Z'), pod('b')]);
    expect(
      times.next(SERVICE, [
        pod('a', '2026-01-01T00:05:00Z'),
        pod('b', '2026-01-01T00:07:00Z'),
        pod('c', '2026-01-01T00:06:00Z'),
      ]),
    ).toBe('2026-01-01T00:06:00Z');
  });

  it('knows no time where a pod has only gone', () => {
    const times = new TriggerTimes();
    times.next(SERVICE, [pod('a', '2026-01-01T00:05:00Z')]);
    expect(times.next(SERVICE, [])).toBeUndefined();
  });

  it('begins anew with a Service that was deleted', () => {
    const times = new TriggerTimes();
    times.next(SERVICE, []);
    times.forget('shop/cart');
    expect(times.next(SERVICE, [])).toBe('2026-01-01T00:00:00Z');
  });
});
