import { Pod, StatefulSet } from '../../client';
import { countPods, statefulSetStatus } from './statefulSetStatus';

const NOW = Date.parse('2026-01-01T00:10:00Z');

function pod(
  revision: string,
  traits: { phase?: string; readySince?: string; deleted?: boolean } = {},
): Pod {
  const { phase = 'Running', readySince, deleted } = traits;
  return {
    metadata: {
      labels: { 'controller-revision-hash': revision },
      deletionTimestamp: deleted ? '2026-01-01T00:09:00Z' : undefined,
    },
    spec: { containers: [] },
    status: {
      phase,
      conditions: readySince
        ? [{ type: 'Ready', status: 'True', lastTransitionTime: readySince }]
        : [],
    },
  };
}

const set = (replicas: number): StatefulSet => ({
  metadata: { generation: 4 },
  spec: {
    replicas,
    selector: {},
    template: { spec: { containers: [] } },
    updateStrategy: { type: 'RollingUpdate' },
  },
});

describe('countPods', () => {
  it('counts those that are there, ready, available and of a revision', () => {
    expect(
      countPods({
        pods: [
          pod('old', { readySince: '2026-01-01T00:00:00Z' }),
          pod('new', { readySince: '2026-01-01T00:09:59Z' }),
          pod('new', { phase: 'Pending' }),
          pod('old', { deleted: true }),
          pod('old', { phase: '' }),
        ],
        minReadyMs: 60_000,
        now: NOW,
        currentRevision: 'old',
        updateRevision: 'new',
      }),
    ).toEqual({
      replicas: 4,
      readyReplicas: 2,
      availableReplicas: 1,
      currentReplicas: 1,
      updatedReplicas: 2,
    });
  });
});

describe('statefulSetStatus', () => {
  const options = {
    currentRevision: 'old',
    updateRevision: 'new',
    collisionCount: 0,
  };
  const counters = {
    replicas: 2,
    readyReplicas: 2,
    availableReplicas: 2,
    currentReplicas: 0,
    updatedReplicas: 2,
  };

  it('makes the new revision the current one when all pods have it', () => {
    expect(statefulSetStatus({ set: set(2), counters, ...options })).toEqual({
      ...counters,
      currentReplicas: 2,
      currentRevision: 'new',
      updateRevision: 'new',
      collisionCount: 0,
      observedGeneration: 4,
    });
  });

  it('leaves zeros out, but for the two that are always there', () => {
    const none = {
      replicas: 0,
      readyReplicas: 0,
      availableReplicas: 0,
      currentReplicas: 0,
      updatedReplicas: 0,
    };
    expect(
      statefulSetStatus({ set: set(2), counters: none, ...options }),
    ).toEqual({
      replicas: 0,
      availableReplicas: 0,
      currentRevision: 'old',
      updateRevision: 'new',
      collisionCount: 0,
      observedGeneration: 4,
    });
  });
});
