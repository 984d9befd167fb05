import { at, iso } from '../__fixtures__/clock';
import {
  ExpectedVerdict,
  expectedVerdict,
  shown,
} from '../__fixtures__/expectedVerdict';
import {
  AVAILABLE,
  condition,
  RawDeploymentOptions,
  rawDeployment,
  rawReplicaSet,
  ROLLED_OUT,
  ROLLING_OUT,
  UNAVAILABLE,
} from '../__fixtures__/rawDeployment';
import { projectObject } from '../projection/projectObject';
import { judgeDeployment } from './judgeDeployment';

interface Row extends RawDeploymentOptions, Omit<ExpectedVerdict, 'status'> {
  title: string;
  /** Creation of its ReplicaSet, in seconds after the start. */
  rolledOutAt?: number;
  now?: number;
  verdict: string;
}

const EXCEEDED = condition('Progressing', 'False', 'ProgressDeadlineExceeded', {
  transitioned: 600,
  message: 'ReplicaSet "checkout-hash7" has timed out progressing.',
});
const QUOTA = condition('ReplicaFailure', 'True', 'FailedCreate', {
  transitioned: 10,
  message:
    'pods "checkout-hash7-" is forbidden: exceeded quota: compute, requested: cpu=1, used: cpu=4, limited: cpu=4',
});

const rows: Row[] = [
  {
    title: 'complete',
    conditions: [
      condition('Available', 'True', 'MinimumReplicasAvailable', {
        transitioned: 5,
      }),
      condition('Progressing', 'True', 'NewReplicaSetAvailable', {
        transitioned: -500,
        updated: 9,
      }),
    ],
    verdict: 'healthy',
    codes: [],
    since: 9,
  },
  {
    title: 'just created: the controller has not seen it',
    generation: 1,
    status: {
      observedGeneration: undefined,
      replicas: undefined,
      updatedReplicas: undefined,
      readyReplicas: undefined,
      availableReplicas: undefined,
      conditions: undefined,
    },
    verdict: 'progressing',
    codes: ['ChangeNotObserved'],
  },
  {
    title:
      'changed, and the controller has not seen it: the counts are those of before',
    status: { observedGeneration: 11 },
    verdict: 'progressing',
    codes: ['ChangeNotObserved'],
  },
  {
    title: 'observed a later generation than the one read',
    status: { observedGeneration: 13 },
    verdict: 'healthy',
  },
  {
    title: 'rolling out: fewer updated than wanted',
    status: { replicas: 4, updatedReplicas: 1 },
    conditions: [AVAILABLE, ROLLING_OUT],
    rolledOutAt: -20,
    verdict: 'progressing',
    codes: ['UpdatingReplicas'],
    says: '1 of 3 pods updated',
    since: -20,
  },
  {
    title: 'rolling back: an old ReplicaSet does not say when that began',
    status: { replicas: 4, updatedReplicas: 1 },
    conditions: [
      AVAILABLE,
      condition('Progressing', 'True', 'ReplicaSetUpdated', { updated: 40 }),
    ],
    rolledOutAt: -80_000,
    verdict: 'progressing',
    since: 40,
  },
  {
    title: 'rolling out: old replicas pending termination',
    status: { replicas: 5 },
    conditions: [AVAILABLE, ROLLING_OUT],
    verdict: 'progressing',
    codes: ['OldReplicasTerminating'],
    says: '2 old pods still to be stopped',
  },
  {
    title: 'rolling out: one old replica left',
    status: { replicas: 4 },
    conditions: [AVAILABLE, ROLLING_OUT],
    verdict: 'progressing',
    says: '1 old pod still to be stopped',
  },
  {
    title: 'rolling out: all updated, not all available',
    status: { availableReplicas: 2, readyReplicas: 2 },
    conditions: [UNAVAILABLE, ROLLING_OUT],
    verdict: 'progressing',
    codes: ['WaitingForAvailability'],
    says: '2 of 3 pods available',
  },
  {
    title: 'a pod was lost after the rollout: since it is no longer available',
    status: { availableReplicas: 2, readyReplicas: 2 },
    conditions: [
      condition('Available', 'False', 'MinimumReplicasUnavailable', {
        transitioned: 70,
      }),
      ROLLED_OUT,
    ],
    rolledOutAt: -50,
    verdict: 'progressing',
    since: 70,
  },
  {
    title: 'scaling up',
    replicas: 5,
    status: { updatedReplicas: 3, replicas: 3, availableReplicas: 3 },
    verdict: 'progressing',
    codes: ['UpdatingReplicas'],
  },
  {
    title: 'progress deadline exceeded',
    status: { replicas: 4, updatedReplicas: 1, availableReplicas: 3 },
    conditions: [AVAILABLE, EXCEEDED],
    verdict: 'degraded',
    codes: ['ProgressDeadlineExceeded'],
    says: 'no progress for more than 600 s: 1 of 3 pods updated, 3 available',
    since: 600,
  },
  {
    title:
      'progress deadline exceeded before the last change: it says nothing about that',
    status: { observedGeneration: 11 },
    conditions: [AVAILABLE, EXCEEDED],
    verdict: 'progressing',
  },
  {
    title: 'quota exceeded, inside the grace period',
    now: 30,
    status: { replicas: 0, updatedReplicas: 0, availableReplicas: 0 },
    conditions: [UNAVAILABLE, ROLLING_OUT, QUOTA],
    verdict: 'progressing',
    codes: ['ReplicaFailure', 'UpdatingReplicas'],
    recheckAt: 40,
  },
  {
    title: 'quota exceeded',
    now: 41,
    status: { replicas: 0, updatedReplicas: 0, availableReplicas: 0 },
    conditions: [UNAVAILABLE, ROLLING_OUT, QUOTA],
    verdict: 'degraded',
    codes: ['ReplicaFailure', 'UpdatingReplicas'],
    says: 'pods cannot be created: pods "checkout-hash7-" is forbidden: exceeded quota',
    since: 10,
  },
  {
    title: 'a replica failure that is over',
    conditions: [
      AVAILABLE,
      ROLLED_OUT,
      condition('ReplicaFailure', 'False', 'FailedCreate'),
    ],
    verdict: 'healthy',
  },
  {
    title: 'paused and otherwise complete',
    spec: { replicas: 3, paused: true },
    verdict: 'suspended',
    codes: ['Paused'],
    says: 'its rollout is paused',
  },
  {
    title: 'paused in the middle of a rollout',
    status: { replicas: 4, updatedReplicas: 1 },
    spec: { replicas: 3, paused: true },
    conditions: [
      AVAILABLE,
      condition('Progressing', 'Unknown', 'DeploymentPaused', { updated: 33 }),
    ],
    verdict: 'suspended',
    since: 33,
  },
  {
    title: 'paused, with a change that is not observed',
    status: { observedGeneration: 3 },
    spec: { replicas: 3, paused: true },
    verdict: 'suspended',
  },
  {
    title: 'scaled to zero',
    replicas: 0,
    verdict: 'suspended',
    codes: ['ScaledToZero'],
    says: 'scaled to zero',
    since: undefined,
  },
  {
    title: 'scaled to zero after it had failed',
    replicas: 0,
    conditions: [AVAILABLE, EXCEEDED],
    verdict: 'suspended',
  },
  {
    title: 'being scaled to zero: pods are left',
    replicas: 0,
    status: { replicas: 2 },
    verdict: 'progressing',
    codes: ['OldReplicasTerminating'],
  },
  {
    title: 'scaled to zero, not observed yet',
    replicas: 0,
    status: { observedGeneration: 11 },
    verdict: 'progressing',
  },
  {
    title: 'being deleted',
    metadata: { deletionTimestamp: iso(20) },
    conditions: [AVAILABLE, EXCEEDED],
    verdict: 'progressing',
    codes: ['BeingDeleted'],
    says: 'being deleted',
    since: 20,
  },
  {
    title: 'no replicas named: the API means one',
    spec: { replicas: undefined },
    status: {
      replicas: 1,
      updatedReplicas: 1,
      availableReplicas: 1,
      readyReplicas: 1,
    },
    verdict: 'healthy',
  },
  {
    title: 'no deadline of its own',
    spec: { replicas: 3, progressDeadlineSeconds: undefined },
    status: { updatedReplicas: 0 },
    verdict: 'progressing',
  },
  {
    title: 'counts below zero, and conditions that are none',
    status: { updatedReplicas: -3, availableReplicas: 'two' },
    conditions: [null, 'x', { status: 'True' }],
    verdict: 'progressing',
    says: '0 of 3 pods updated',
  },
];

describe('judgeDeployment', () => {
  it.each(rows)('$title: $verdict', row => {
    const { rolledOutAt } = row;
    const verdict = judgeDeployment({
      deployment: projectObject('Deployment', rawDeployment(row)),
      replicaSets:
        rolledOutAt === undefined
          ? undefined
          : [
              projectObject(
                'ReplicaSet',
                rawReplicaSet({ createdAt: rolledOutAt }),
              ),
            ],
      now: at(row.now ?? 60),
    });

    expect(shown(verdict)).toMatchObject(
      expectedVerdict({ recheckAt: undefined, ...row, status: row.verdict }),
    );
  });
});
