import {
  ClusterState,
  TargetState,
} from '@koala-ops/backstage-plugin-koala-common';
import {
  behindNote,
  behindSentence,
  describeTarget,
  viewTarget,
} from './targetView';

const live: ClusterState = { name: 'prod-eu', condition: 'live', since: 1 };
const lost: ClusterState = {
  name: 'prod-us',
  condition: 'unreachable',
  since: 500,
  lastByteAt: 400,
};
const healthy: TargetState = {
  target: 'eu',
  cluster: 'prod-eu',
  status: 'healthy',
  since: 100,
  ready: 4,
  desired: 4,
  release: { version: '2.6.0', source: 'tag', image: 'shop/cart:2.6.0' },
};

describe('viewTarget', () => {
  it('shows what runs', () => {
    expect(viewTarget(healthy, live)).toMatchObject({
      status: 'healthy',
      word: 'Healthy',
      version: '2.6.0',
      ready: '4/4',
      since: 100,
    });
  });

  it('counts a rollout by the slower of ready and updated', () => {
    const state = { ...healthy, status: 'progressing' as const, updated: 3 };
    expect(viewTarget({ ...state, ready: 2 }, live).share).toBe(0.5);
    expect(viewTarget({ ...state, ready: 4 }, live).share).toBe(0.75);
    expect(
      viewTarget({ ...state, ready: 0, desired: 0 }, live).share,
    ).toBeUndefined();
  });

  it('says what an unknown target was, and ages what is shown', () => {
    const view = viewTarget(
      {
        ...healthy,
        status: 'unknown',
        lastKnown: { status: 'healthy', asOf: 400 },
      },
      lost,
    );
    expect(view).toMatchObject({
      status: 'unknown',
      note: 'was healthy',
      version: '2.6.0',
      since: 400,
    });
  });

  it('never says plain "Not deployed" of a cluster that cannot be seen', () => {
    const view = viewTarget(
      { target: 'us', cluster: 'prod-us', status: 'not-deployed' },
      lost,
    );
    expect(view).toMatchObject({
      status: 'unknown',
      word: 'Unknown',
      note: 'was not deployed',
      since: 400,
    });
    expect(view.version).toBeUndefined();
  });

  it.each([
    ['syncing', 'not read yet'],
    ['unreachable', 'never seen'],
    ['forbidden', 'may not list'],
    ['broken', 'bad answers'],
    ['unwatchable', 'per-user access only'],
    ['missing', 'no such cluster'],
  ] as const)('says of a %s cluster never seen: %s', (condition, note) => {
    const state: TargetState = {
      target: 'us',
      cluster: 'x',
      status: 'unknown',
    };
    expect(viewTarget(state, { name: 'x', condition, since: 1 }).note).toBe(
      note,
    );
  });

  it('takes a state that never came as unknown', () => {
    expect(viewTarget(undefined, live)).toMatchObject({
      status: 'unknown',
      note: 'no state received',
    });
  });
});

describe('describeTarget', () => {
  it('is one sentence', () => {
    expect(
      describeTarget({
        service: 'cart',
        place: 'prod eu',
        view: viewTarget(healthy, live),
      }),
    ).toBe('cart in prod eu: healthy, 2.6.0, 4 of 4 ready');
  });

  it('says how far the release is behind', () => {
    const behind = { environment: 'staging', by: 2 };
    const view = viewTarget({ ...healthy, behind }, live);
    expect(describeTarget({ service: 'cart', place: 'prod eu', view })).toBe(
      'cart in prod eu: healthy, 2.6.0, 2 versions behind staging, 4 of 4 ready',
    );
  });

  it('names the reason of a degraded one', () => {
    const view = viewTarget(
      {
        ...healthy,
        status: 'degraded',
        ready: 1,
        reason: { code: 'OOMKilled', message: 'out of memory' },
      },
      live,
    );
    expect(describeTarget({ service: 'cart', place: 'prod eu', view })).toBe(
      'cart in prod eu: degraded, OOMKilled, 2.6.0, 1 of 4 ready',
    );
  });
});

describe('behind', () => {
  it.each([
    [1, '1 behind', '1 version behind staging'],
    [3, '3 behind', '3 versions behind staging'],
    [undefined, 'behind', 'behind staging'],
  ])('by %s: %s, %s', (by, note, sentence) => {
    const behind = { environment: 'staging', by };
    expect(behindNote(behind)).toBe(note);
    expect(behindSentence(behind)).toBe(sentence);
  });
});
