import { at, iso } from '../__fixtures__/clock';
import { condition, rawReplicaSet } from '../__fixtures__/rawDeployment';
import { projectObject } from '../projection/projectObject';
import { judgeReplicaSet } from './judgeReplicaSet';

const FAILURE = condition('ReplicaFailure', 'True', 'FailedCreate', {
  transitioned: 10,
  message: 'serviceaccount "checkout" not found',
});

const rows = [
  {
    title: 'complete',
    raw: rawReplicaSet(),
    status: 'healthy',
    code: undefined,
  },
  {
    title: 'not all available',
    raw: rawReplicaSet({ status: { availableReplicas: 1 } }),
    status: 'progressing',
    code: 'WaitingForAvailability',
  },
  {
    title: 'an old revision',
    raw: rawReplicaSet({ replicas: 0 }),
    status: 'suspended',
    code: 'ScaledToZero',
  },
  {
    title: 'on its way to zero',
    raw: rawReplicaSet({ replicas: 0, status: { replicas: 1 } }),
    status: 'healthy',
    code: undefined,
  },
  {
    title: 'not observed',
    raw: rawReplicaSet({ status: { observedGeneration: 1 } }),
    status: 'progressing',
    code: 'ChangeNotObserved',
  },
  {
    title: 'pods cannot be created',
    raw: rawReplicaSet({
      status: { replicas: 0, availableReplicas: 0, conditions: [FAILURE] },
    }),
    status: 'degraded',
    code: 'ReplicaFailure',
  },
  {
    title: 'being deleted',
    raw: rawReplicaSet({
      metadata: { deletionTimestamp: iso(3), uid: 'u', name: 'n' },
    }),
    status: 'progressing',
    code: 'BeingDeleted',
  },
];

describe('judgeReplicaSet', () => {
  it.each(rows)('$title: $status', ({ raw, status, code }) => {
    const replicaSet = projectObject('ReplicaSet', raw);
    const verdict = judgeReplicaSet({ replicaSet, now: at(60) });
    expect(verdict.status).toBe(status);
    expect(verdict.reasons[0]?.code).toBe(code);
  });

  it('waits for the grace period before pods that cannot be created degrade it', () => {
    const replicaSet = projectObject(
      'ReplicaSet',
      rawReplicaSet({ status: { conditions: [FAILURE] } }),
    );
    const verdict = judgeReplicaSet({ replicaSet, now: at(12) });
    expect(verdict).toMatchObject({ status: 'progressing', recheckAt: at(40) });
    expect(
      judgeReplicaSet({ replicaSet, now: at(12), graceMs: 1000 }).status,
    ).toBe('degraded');
  });
});
