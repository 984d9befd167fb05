import {
  Condition,
  Deployment,
  DeploymentStatus,
  ReplicaSet,
} from '../../client';
import { progressCheckIn, rolloutStatus } from './deploymentStatus';

const NOW = Date.parse('2026-01-01T12:00:00Z');
const SPEED = 1;

function subject(status?: DeploymentStatus, progressDeadlineSeconds = 600) {
  const deployment: Deployment = {
    metadata: { name: 'cart', generation: 3 },
    spec: {
      replicas: 2,
      progressDeadlineSeconds,
      selector: {},
      strategy: {
        type: 'RollingUpdate',
        rollingUpdate: { maxSurge: 1, maxUnavailable: 0 },
      },
      template: { spec: { containers: [] } },
    },
    status,
  };
  return deployment;
}

function replicaSet(
  replicas: number,
  ready: number,
  conditions?: Condition[],
): ReplicaSet {
  return {
    metadata: { name: 'cart-5d' },
    spec: { replicas, selector: {}, template: { spec: { containers: [] } } },
    status: {
      replicas,
      readyReplicas: ready,
      availableReplicas: ready,
      conditions,
    },
  };
}

function progressing(
  reason: string,
  secondsAgo: number,
  status: 'True' | 'False' = 'True',
): Condition {
  const at = new Date(NOW - secondsAgo * 1000).toISOString();
  return {
    type: 'Progressing',
    status,
    reason,
    message: reason,
    lastUpdateTime: at,
    lastTransitionTime: at,
  };
}

const short = (status: DeploymentStatus) =>
  Object.fromEntries(
    (status.conditions ?? []).map(({ type, status: is, reason, message }) => [
      type,
      [is, reason, message],
    ]),
  );

describe('rolloutStatus', () => {
  it('says that a rollout goes on, and leaves out what is zero', () => {
    const status = rolloutStatus({
      deployment: subject({
        replicas: 2,
        readyReplicas: 2,
        availableReplicas: 2,
        conditions: [progressing('NewReplicaSetCreated', 3)],
      }),
      newReplicaSet: replicaSet(1, 0),
      old: [replicaSet(2, 2)],
      now: NOW,
      speed: SPEED,
    });
    expect(status).toMatchObject({
      observedGeneration: 3,
      replicas: 3,
      updatedReplicas: 1,
      readyReplicas: 2,
      availableReplicas: 2,
      unavailableReplicas: 1,
      terminatingReplicas: 0,
    });
    expect(short(status)).toEqual({
      Available: [
        'True',
        'MinimumReplicasAvailable',
        'Deployment has minimum availability.',
      ],
      Progressing: [
        'True',
        'ReplicaSetUpdated',
        'ReplicaSet "cart-5d" is progressing.',
      ],
    });
    const done = rolloutStatus({
      deployment: subject(status),
      newReplicaSet: replicaSet(2, 2),
      old: [replicaSet(0, 0)],
      now: NOW,
      speed: SPEED,
    });
    expect(done).not.toHaveProperty('unavailableReplicas');
    expect(short(done).Progressing).toEqual([
      'True',
      'NewReplicaSetAvailable',
      'ReplicaSet "cart-5d" has successfully progressed.',
    ]);
  });

  it('says that availability is lost', () => {
    const status = rolloutStatus({
      deployment: subject({
        conditions: [progressing('NewReplicaSetAvailable', 3)],
      }),
      newReplicaSet: replicaSet(2, 1),
      old: [],
      now: NOW,
      speed: SPEED,
    });
    expect(short(status)).toMatchObject({
      Available: [
        'False',
        'MinimumReplicasUnavailable',
        'Deployment does not have minimum availability.',
      ],
      // A complete rollout that loses a pod is no new rollout.
      Progressing: ['True', 'NewReplicaSetAvailable', expect.anything()],
    });
  });

  it.each([
    ['in time', 599, 1, 'ReplicaSetUpdated'],
    ['too late', 601, 1, 'ProgressDeadlineExceeded'],
    ['too late at ten times the speed', 61, 10, 'ProgressDeadlineExceeded'],
  ])(
    'counts the deadline from the last progress: %s',
    (_, ago, speed, reason) => {
      const status = rolloutStatus({
        deployment: subject({
          replicas: 3,
          updatedReplicas: 1,
          readyReplicas: 2,
          availableReplicas: 2,
          conditions: [progressing('ReplicaSetUpdated', ago)],
        }),
        newReplicaSet: replicaSet(1, 0),
        old: [replicaSet(2, 2)],
        now: NOW,
        speed,
      });
      expect(short(status).Progressing[1]).toBe(reason);
    },
  );

  it('judges no progress where there is no deadline', () => {
    const status = rolloutStatus({
      deployment: subject({}, 2 ** 31 - 1),
      newReplicaSet: replicaSet(2, 0),
      old: [],
      now: NOW,
      speed: SPEED,
    });
    expect(short(status)).not.toHaveProperty('Progressing');
  });

  it('shows a failure to create pods, until it is over', () => {
    const failure: Condition = {
      type: 'ReplicaFailure',
      status: 'True',
      reason: 'FailedCreate',
      message: 'exceeded quota',
      lastTransitionTime: '2026-01-01T11:00:00Z',
    };
    const failing = rolloutStatus({
      deployment: subject({}),
      newReplicaSet: replicaSet(2, 0, [failure]),
      old: [],
      now: NOW,
      speed: SPEED,
    });
    expect(failing.conditions).toContainEqual({
      ...failure,
      lastUpdateTime: failure.lastTransitionTime,
    });
    const healed = rolloutStatus({
      deployment: subject(failing),
      newReplicaSet: replicaSet(2, 0),
      old: [],
      now: NOW,
      speed: SPEED,
    });
    expect(short(healed)).not.toHaveProperty('ReplicaFailure');
  });
});

describe('progressCheckIn', () => {
  const check = (status: DeploymentStatus, seconds?: number) =>
    progressCheckIn(
      { deployment: subject(status, seconds), old: [], now: NOW, speed: SPEED },
      status,
    );

  it('is a second after the deadline', () => {
    expect(check({ conditions: [progressing('ReplicaSetUpdated', 200)] })).toBe(
      401_000,
    );
  });

  it('is not needed once it is over', () => {
    expect(
      check({
        conditions: [progressing('ProgressDeadlineExceeded', 900, 'False')],
      }),
    ).toBeUndefined();
    expect(
      check({
        observedGeneration: 3,
        replicas: 2,
        updatedReplicas: 2,
        availableReplicas: 2,
        conditions: [progressing('NewReplicaSetAvailable', 3)],
      }),
    ).toBeUndefined();
  });
});
