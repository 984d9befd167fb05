import { TargetState } from './TargetState';
import { unknownTarget } from './unknownTarget';

const reason = { code: 'ClusterUnreachable', message: 'no answer', since: 90 };
const seen: TargetState = {
  target: 'eu',
  cluster: 'prod-eu',
  status: 'healthy',
  since: 10,
  release: { version: '1.4.2', source: 'tag', image: 'cart:1.4.2' },
  ready: 3,
  desired: 3,
};
const where = { target: 'eu', cluster: 'prod-eu' };

describe('unknownTarget', () => {
  it('keeps what was seen last, with its age', () => {
    expect(
      unknownTarget({ ...where, reason, previous: seen, asOf: 80 }),
    ).toEqual({
      ...where,
      status: 'unknown',
      since: 90,
      reason,
      lastKnown: { status: 'healthy', asOf: 80 },
      release: seen.release,
      ready: 3,
      desired: 3,
    });
  });

  it('knows nothing of a target that was never seen', () => {
    const state = unknownTarget({ ...where, reason, asOf: 80 });
    expect(state.lastKnown).toBeUndefined();
    expect(state.release).toBeUndefined();
  });

  it('does not take an unknown state for something seen', () => {
    const once = unknownTarget({ ...where, reason, previous: seen, asOf: 80 });
    const twice = unknownTarget({ ...where, reason, previous: once, asOf: 99 });
    expect(twice).toEqual(once);
  });

  it('does not claim to know when it became unknown better than the reason', () => {
    const { since, ...timeless } = reason;
    expect(since).toBe(90);
    expect(unknownTarget({ ...where, reason: timeless, asOf: 80 }).since).toBe(
      80,
    );
  });
});
