import { at } from '../__fixtures__/clock';
import { expectedVerdict, shown } from '../__fixtures__/expectedVerdict';
import { NOT_FOUND } from '../__fixtures__/podRow';
import { AVAILABLE, rawDeployment } from '../__fixtures__/rawDeployment';
import { waitingPod } from '../__fixtures__/rawPod';
import {
  crashing,
  EXCEEDED,
  judgeRow,
  OLD_PODS,
  pods,
  ROLLOUT,
  slow,
  unpullable,
  WorkloadRow,
} from '../__fixtures__/workloadRow';
import { projectObject } from '../projection/projectObject';
import { judgeWorkload } from './judgeWorkload';

const rows: WorkloadRow[] = [
  {
    title: 'rolling out well',
    ...ROLLOUT,
    pods: [...OLD_PODS, ...pods(1, slow)],
    now: 10,
    status: 'progressing',
    codes: ['UpdatingReplicas', 'NotReady'],
    says: '1 of 3 pods updated',
    since: 0,
    recheckAt: 600,
    counts: { ready: 3, desired: 3, updated: 1 },
  },
  {
    title: 'the new image is not there, inside the grace period',
    ...ROLLOUT,
    pods: [...OLD_PODS, ...pods(1, unpullable)],
    now: 10,
    status: 'progressing',
    codes: ['ImagePullBackOff', 'UpdatingReplicas'],
    says: /^tag `1\.4\.9` not found in registry\.example\.com\/shop\/checkout$/,
    recheckAt: 30,
  },
  {
    title:
      'the new image is not there: degraded while kubectl says progressing',
    ...ROLLOUT,
    pods: [...OLD_PODS, ...pods(1, unpullable)],
    now: 31,
    status: 'degraded',
    codes: ['ImagePullBackOff', 'UpdatingReplicas'],
    says: 'tag `1.4.9` not found in registry.example.com/shop/checkout',
    since: 0,
    counts: { ready: 3, desired: 3, updated: 1 },
  },
  {
    title: 'of two causes the older one is said first',
    ...ROLLOUT,
    pods: [
      waitingPod('CreateContainerError', 'no', { name: 'b', createdAt: 20 }),
      waitingPod('RunContainerError', 'no', { name: 'a', createdAt: 5 }),
    ],
    now: 60,
    status: 'degraded',
    codes: ['RunContainerError', 'CreateContainerError', 'UpdatingReplicas'],
    since: 5,
  },
  {
    title: 'the new pod crash-loops',
    ...ROLLOUT,
    pods: [...OLD_PODS, ...pods(1, crashing)],
    now: 200,
    status: 'degraded',
    codes: ['CrashLoopBackOff', 'UpdatingReplicas'],
  },
  {
    title: 'past the progress deadline: the cause is said first',
    deployment: { ...ROLLOUT.deployment, conditions: [AVAILABLE, EXCEEDED] },
    replicaSets: ROLLOUT.replicaSets,
    pods: [...OLD_PODS, ...pods(1, unpullable)],
    now: 700,
    status: 'degraded',
    codes: ['ImagePullBackOff', 'ProgressDeadlineExceeded'],
    since: 0,
  },
  {
    title: 'a failing pod of the old revision during a healthy rollout',
    ...ROLLOUT,
    pods: [...pods(1, slow), ...pods(3, crashing, { hash: 'hash6' })],
    now: 200,
    status: 'progressing',
    codes: ['UpdatingReplicas', 'NotReady', 'CrashLoopBackOff'],
  },
  {
    title:
      'an old pod that has not been ready for hours, during a healthy rollout',
    ...ROLLOUT,
    pods: [
      ...pods(1, slow),
      ...pods(1, slow, { hash: 'hash6', createdAt: -9000 }),
    ],
    now: 20,
    status: 'progressing',
  },
  {
    title:
      'pods at either of the two reasons of one missing image are told once',
    ...ROLLOUT,
    pods: [
      ...pods(1, unpullable),
      waitingPod('ErrImagePull', NOT_FOUND, { name: 'other' }),
    ],
    now: 60,
    status: 'degraded',
    codes: ['ErrImagePull', 'UpdatingReplicas'],
    says: '2 of 2 pods: tag `1.4.9`',
  },
];

describe('judgeWorkload: rollouts', () => {
  it.each(rows)('$title: $status', row => {
    const state = judgeRow(row);
    expect(shown(state)).toMatchObject(expectedVerdict(row));
    expect(state).toMatchObject(row.counts ?? {});
  });

  it('says the same whatever the order in which objects arrive', () => {
    const deployment = projectObject(
      'Deployment',
      rawDeployment(ROLLOUT.deployment),
    );
    const replicaSets = ROLLOUT.replicaSets.map(raw =>
      projectObject('ReplicaSet', raw),
    );
    const all = [
      ...OLD_PODS,
      ...pods(2, unpullable),
      crashing({ name: 'z' }),
    ].map(raw => projectObject('Pod', raw));
    const now = at(100);
    const forwards = judgeWorkload({
      workload: deployment,
      replicaSets,
      pods: all,
      now,
    });
    const backwards = judgeWorkload({
      workload: deployment,
      replicaSets: [...replicaSets].reverse(),
      pods: [...all].reverse(),
      now,
    });
    expect(JSON.stringify(backwards)).toBe(JSON.stringify(forwards));
  });
});
