import { at } from '../__fixtures__/clock';
import { expectedVerdict, shown } from '../__fixtures__/expectedVerdict';
import { judgeRow, NOT_FOUND, PodRow } from '../__fixtures__/podRow';
import {
  rawPod,
  running,
  SERVING,
  terminated,
  waiting,
  waitingPod,
} from '../__fixtures__/rawPod';
import { projectObject } from '../projection/projectObject';
import { judgePod } from './judgePod';

const rows: PodRow[] = [
  {
    title: 'ready',
    pod: rawPod({ readySince: 8 }),
    now: 60,
    status: 'healthy',
    since: 8,
  },
  {
    title: 'ready with a ready sidecar',
    pod: rawPod({
      ready: true,
      containers: [SERVING, { ...SERVING, name: 'proxy' }],
    }),
    now: 60,
    status: 'healthy',
  },
  {
    title: 'restarted once, long ago, and ready',
    pod: rawPod({
      ready: true,
      containers: [{ ...SERVING, restarts: 1, lastState: terminated(1) }],
    }),
    now: 3600,
    status: 'healthy',
  },
  {
    title: 'succeeded',
    pod: rawPod({
      phase: 'Succeeded',
      containers: [{ state: terminated(0) }],
    }),
    now: 60,
    status: 'healthy',
  },
  {
    title:
      'being deleted: since deletion was asked for, not since the end of its grace period',
    pod: rawPod({
      metadata: {
        deletionTimestamp: '2026-01-15T10:01:30Z',
        deletionGracePeriodSeconds: 30,
      },
    }),
    now: 70,
    status: 'progressing',
    code: 'BeingDeleted',
    since: 60,
  },
  {
    title: 'being deleted while it crashes',
    pod: rawPod({
      metadata: { deletionTimestamp: '2026-01-15T10:01:30Z' },
      containers: [{ state: waiting('CrashLoopBackOff'), restarts: 9 }],
    }),
    now: 9000,
    status: 'progressing',
    code: 'BeingDeleted',
  },
  {
    title: 'no status at all',
    pod: { metadata: { name: 'x', uid: 'u' }, spec: {} },
    now: 60,
    status: 'degraded',
    code: 'Pending',
  },
  {
    title: 'null lists and a phase nobody knows',
    pod: {
      metadata: {
        name: 'x',
        uid: 'u',
        creationTimestamp: '2026-01-15T10:00:00Z',
        labels: null,
      },
      spec: { nodeName: 'node-a', containers: null },
      status: { phase: 'Dreaming', conditions: null, containerStatuses: null },
    },
    now: 60,
    status: 'progressing',
    code: 'NotReady',
  },
  {
    title: 'times that are no times: what began nobody knows when is not new',
    pod: rawPod({
      phase: 'Pending',
      metadata: { creationTimestamp: 'yesterday' },
      status: { startTime: 'soon' },
      conditions: [],
      containers: [{ state: waiting('ErrImagePull', NOT_FOUND) }],
    }),
    now: 0,
    status: 'degraded',
    since: undefined,
    recheckAt: undefined,
  },
  {
    title: 'a cluster whose clock is a little ahead',
    pod: waitingPod('ErrImagePull', NOT_FOUND, { createdAt: 60 }),
    now: 0,
    status: 'progressing',
    recheckAt: 90,
  },
  {
    title: 'a time in another century is no time to wait for',
    pod: waitingPod('ErrImagePull', NOT_FOUND, { createdAt: 3_000_000_000 }),
    now: 0,
    status: 'degraded',
    recheckAt: undefined,
  },
  {
    title: 'a negative count of restarts',
    pod: rawPod({
      containers: [{ restarts: -4, state: running(1), ready: false }],
    }),
    now: 10,
    status: 'progressing',
    code: 'NotReady',
  },
];

describe('judgePod', () => {
  it.each(rows)('$title: $status', row => {
    expect(shown(judgeRow(row))).toMatchObject(expectedVerdict(row));
  });

  it('names the pod that says it', () => {
    const pod = projectObject('Pod', waitingPod('ErrImagePull', NOT_FOUND));
    expect(judgePod({ pod, now: at(60) }).reasons[0].object).toEqual({
      kind: 'Pod',
      name: 'checkout-hash7-x2k4p',
      namespace: 'shop-prod',
    });
  });

  it('tells every container that is in trouble', () => {
    const pod = projectObject(
      'Pod',
      rawPod({
        containers: [
          { state: waiting('ErrImagePull', NOT_FOUND) },
          { name: 'proxy', state: waiting('RunContainerError', 'no') },
        ],
      }),
    );
    expect(
      judgePod({ pod, now: at(60) }).reasons.map(({ code }) => code),
    ).toEqual(['ErrImagePull', 'RunContainerError']);
  });

  it('changes at the moment it announces, and not before', () => {
    const pod = projectObject('Pod', waitingPod('ErrImagePull', NOT_FOUND));
    const { recheckAt } = judgePod({ pod, now: at(1) });
    expect(judgePod({ pod, now: recheckAt! - 1 }).status).toBe('progressing');
    expect(judgePod({ pod, now: recheckAt! }).status).toBe('degraded');
  });
});
