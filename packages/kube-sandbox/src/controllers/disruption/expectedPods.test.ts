import { Pod, PodDisruptionBudget } from '../../client';
import { budgetStatus, failedStatus } from './budgetStatus';
import { expectedPods } from './expectedPods';

const budget = (
  spec: PodDisruptionBudget['spec'],
  status?: PodDisruptionBudget['status'],
): PodDisruptionBudget => ({ metadata: { generation: 2 }, spec, status });

function pod(name: string, owner?: string, ready = true): Pod {
  return {
    metadata: {
      name,
      ownerReferences: owner
        ? [
            {
              apiVersion: 'apps/v1',
              kind: 'StatefulSet',
              name: owner,
              uid: owner,
              controller: true,
            },
          ]
        : undefined,
    },
    spec: { containers: [] },
    status: {
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
    },
  };
}

const SCALES: Record<string, number> = { a: 3, b: 4 };
const scaleOf = ({ uid }: { uid: string }) => ({ uid, replicas: SCALES[uid] });
const PODS = [pod('a-0', 'a'), pod('a-1', 'a'), pod('b-0', 'b'), pod('x')];

describe('expectedPods', () => {
  it.each<[PodDisruptionBudget['spec'], number, number, string[]]>([
    [{ minAvailable: 2 }, 4, 2, []],
    [{ minAvailable: '50%' }, 7, 4, ['x']],
    [{ maxUnavailable: 2 }, 7, 5, ['x']],
    [{ maxUnavailable: '10%' }, 7, 6, ['x']],
    [{ maxUnavailable: 9 }, 7, 0, ['x']],
    [{}, 0, 0, []],
  ])('of %j', (spec, expected, desired, unmanaged) => {
    expect(expectedPods(budget(spec), PODS, scaleOf)).toEqual({
      expected,
      desired,
      unmanaged,
    });
  });
});

describe('budgetStatus', () => {
  const now = Date.parse('2026-01-01T00:01:00Z');
  const expected = { expected: 3, desired: 1, unmanaged: [] };

  it('counts healthy pods, but not those that were evicted a moment ago', () => {
    const { status, recheckIn } = budgetStatus({
      budget: budget(
        {},
        {
          currentHealthy: 0,
          desiredHealthy: 0,
          disruptionsAllowed: 0,
          expectedPods: 0,
          disruptedPods: {
            'a-0': '2026-01-01T00:00:30Z',
            'a-1': '2025-01-01T00:00:00Z',
            gone: '2026-01-01T00:00:30Z',
          },
        },
      ),
      pods: [pod('a-0'), pod('a-1'), pod('b-0'), pod('b-1', 'b', false)],
      expected,
      now,
      speed: 1,
    });
    expect(status).toMatchObject({
      currentHealthy: 2,
      desiredHealthy: 1,
      disruptionsAllowed: 1,
      expectedPods: 3,
      observedGeneration: 2,
      disruptedPods: { 'a-0': '2026-01-01T00:00:30Z' },
      conditions: [{ status: 'True', reason: 'SufficientPods' }],
    });
    expect(recheckIn).toBe(90_000);
  });

  it('allows nothing where nothing is expected, or the count failed', () => {
    const none = { expected: 0, desired: 0, unmanaged: [] };
    const { status } = budgetStatus({
      budget: budget({}),
      pods: [pod('a-0')],
      expected: none,
      now,
      speed: 1,
    });
    expect(status.disruptionsAllowed).toBe(0);
    const failed = failedStatus(budget({}, { ...status }), 'why', now);
    expect(failed.conditions).toMatchObject([
      { status: 'False', reason: 'SyncFailed', message: 'why' },
    ]);
  });
});
