import { Deployment, ReplicaSet } from '../../client';
import {
  maxSurge,
  maxUnavailable,
  newReplicaSetSize,
  planProportionalScale,
  planScaleDown,
} from './replicas';

function deployment(
  replicas: number | undefined,
  rollingUpdate?: {
    maxSurge?: number | string;
    maxUnavailable?: number | string;
  },
): Deployment {
  return {
    metadata: { name: 'cart' },
    spec: {
      replicas,
      selector: {},
      strategy: {
        type: rollingUpdate ? 'RollingUpdate' : 'Recreate',
        rollingUpdate,
      },
      template: { spec: { containers: [] } },
    },
  };
}

function replicaSet(
  name: string,
  replicas: number,
  availableReplicas = replicas,
  maxReplicas?: number,
): ReplicaSet {
  return {
    metadata: {
      name,
      annotations:
        maxReplicas === undefined
          ? {}
          : { 'deployment.kubernetes.io/max-replicas': String(maxReplicas) },
    },
    spec: { replicas, selector: {}, template: { spec: { containers: [] } } },
    status: { replicas, availableReplicas },
  };
}

const sizes = (plan: { replicaSet: ReplicaSet; replicas: number }[]) =>
  Object.fromEntries(
    plan.map(resize => [resize.replicaSet.metadata.name, resize.replicas]),
  );

const QUARTER = { maxSurge: '25%', maxUnavailable: '25%' };

describe('maxSurge and maxUnavailable', () => {
  it.each([
    // replicas, strategy, surge, unavailable
    [4, QUARTER, 1, 1],
    [1, QUARTER, 1, 0],
    [10, QUARTER, 3, 2],
    [3, { maxSurge: 0, maxUnavailable: '10%' }, 0, 1],
    [3, { maxSurge: 2, maxUnavailable: 0 }, 2, 0],
    [2, { maxSurge: 0, maxUnavailable: 5 }, 0, 2],
    [0, QUARTER, 0, 0],
    [undefined, { maxSurge: '100%', maxUnavailable: 0 }, 1, 0],
    [4, undefined, 0, 0],
  ])('%s replicas, %j: %i and %i', (replicas, strategy, surge, unavailable) => {
    const subject = deployment(replicas, strategy);
    expect([maxSurge(subject), maxUnavailable(subject)]).toEqual([
      surge,
      unavailable,
    ]);
  });
});

describe('newReplicaSetSize', () => {
  it.each([
    // replicas, current, total, expected
    [4, 0, 0, 4],
    [4, 0, 4, 1],
    [4, 1, 5, 1],
    [4, 1, 4, 2],
    [4, 4, 4, 4],
    [10, 0, 10, 3],
    [10, 5, 8, 10],
  ])('%i wanted, %i of %i: %i', (replicas, current, total, expected) => {
    expect(
      newReplicaSetSize({
        deployment: deployment(replicas, QUARTER),
        current,
        total,
      }),
    ).toBe(expected);
  });

  it('is everything at once when recreating', () => {
    expect(
      newReplicaSetSize({ deployment: deployment(4), current: 0, total: 9 }),
    ).toBe(4);
  });
});

describe('planScaleDown', () => {
  it.each<
    [
      string,
      number,
      { maxSurge: number | string; maxUnavailable: number | string },
      ReplicaSet,
      ReplicaSet[],
      Record<string, number>,
    ]
  >([
    [
      'spares what may be unavailable',
      4,
      QUARTER,
      replicaSet('new', 1, 0),
      [replicaSet('old', 4)],
      { old: 3 },
    ],
    [
      'waits for the new pods',
      4,
      QUARTER,
      replicaSet('new', 2, 0),
      [replicaSet('old', 3)],
      {},
    ],
    [
      'follows the new pods that are available',
      4,
      QUARTER,
      replicaSet('new', 2, 2),
      [replicaSet('old', 3)],
      { old: 1 },
    ],
    [
      'takes unhealthy old pods first',
      4,
      { maxSurge: 1, maxUnavailable: 0 },
      replicaSet('new', 1, 1),
      [replicaSet('older', 2, 2), replicaSet('old', 2, 0)],
      { old: 1, older: 2 },
    ],
    [
      'ends with nothing old',
      2,
      { maxSurge: 1, maxUnavailable: 0 },
      replicaSet('new', 2, 2),
      [replicaSet('old', 1)],
      { old: 0 },
    ],
    [
      'leaves healthy old pods while a crashing release blocks',
      10,
      { maxSurge: 3, maxUnavailable: 2 },
      replicaSet('new', 5, 0),
      [replicaSet('old', 8, 7)],
      {},
    ],
  ])('%s', (_, replicas, strategy, newReplicaSet, old, expected) => {
    const plan = sizes(
      planScaleDown({
        deployment: deployment(replicas, strategy),
        newReplicaSet,
        old,
      }),
    );
    const unchanged = Object.fromEntries(
      old.map(({ metadata, spec }) => [metadata.name, spec.replicas]),
    );
    expect({ ...unchanged, ...plan }).toEqual({ ...unchanged, ...expected });
  });
});

describe('planProportionalScale', () => {
  it.each<[string, number, ReplicaSet[], Record<string, number>]>([
    [
      'grows each by its share',
      8,
      [replicaSet('old', 3, 3, 5), replicaSet('new', 2, 0, 5)],
      { old: 6, new: 4 },
    ],
    [
      'shrinks each by its share',
      4,
      [replicaSet('old', 6, 6, 10), replicaSet('new', 4, 0, 10)],
      { old: 3, new: 2 },
    ],
    [
      'gives the rest to the largest',
      11,
      [replicaSet('old', 8, 8, 13), replicaSet('new', 5, 5, 13)],
      { old: 9, new: 5 },
    ],
    [
      'goes to nothing',
      0,
      [replicaSet('old', 3, 3, 5), replicaSet('new', 2, 0, 5)],
      { old: 0, new: 0 },
    ],
    [
      'keeps the sizes where none is to be added',
      4,
      [replicaSet('old', 3, 3, 5), replicaSet('new', 2, 0, 5)],
      { old: 3, new: 2 },
    ],
  ])('%s', (_, replicas, active, expected) => {
    expect(
      sizes(
        planProportionalScale({
          deployment: deployment(replicas, QUARTER),
          active,
        }),
      ),
    ).toEqual(expected);
  });
});
