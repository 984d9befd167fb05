import type { ServiceDetail } from '@koala-ops/backstage-plugin-koala-common';
import { staleNotice } from './staleNotice';

const FROZEN_AT = 1_000_000;

const detailOf = (change: {
  condition?: string;
  lastByteAt?: number;
  status?: string;
  lastKnown?: object;
}) =>
  ({
    clusters: [
      { name: 'a', condition: 'live', since: 1 },
      {
        name: 'b',
        condition: change.condition ?? 'unreachable',
        since: FROZEN_AT + 9_000,
        lastByteAt: change.lastByteAt,
      },
    ],
    cells: [
      { targets: [{ cluster: 'a', status: 'healthy' }] },
      {
        targets: [
          {
            cluster: 'b',
            status: change.status ?? 'unknown',
            lastKnown: change.lastKnown,
          },
        ],
      },
    ],
  } as unknown as ServiceDetail);

const lastKnown = { status: 'healthy', asOf: FROZEN_AT - 200 };
const noticeOf = (detail: ServiceDetail) =>
  staleNotice({ detail, cluster: 'b', frozenAt: FROZEN_AT });

describe('staleNotice', () => {
  it('reads which cluster is stale and since when', () => {
    expect(
      noticeOf(detailOf({ lastByteAt: FROZEN_AT - 100, lastKnown })),
    ).toEqual({
      cluster: 'b',
      condition: 'unreachable',
      sinceMs: 9_000,
      lastByteMs: -100,
      status: 'unknown',
      lastKnown: 'healthy',
      lastKnownMs: -200,
    });
  });

  it.each([
    ['the cluster passes for live', { condition: 'live' }],
    ['the cell passes for healthy', { status: 'healthy' }],
    ['the last byte is left out', { lastByteAt: undefined }],
    ['what was seen last is left out', { lastKnown: undefined }],
  ])('is not content where %s', (_, change) => {
    const whole = { lastByteAt: FROZEN_AT, lastKnown };
    expect(noticeOf(detailOf({ ...whole, ...change }))).toBeUndefined();
  });
});
