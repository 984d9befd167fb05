import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { judgeRecorded, readRecorded } from '../__fixtures__/recorded';
import { Verdict } from '../status/Verdict';

const MINUTE = 60_000;

/** When nothing has changed since: at once, after the grace period, after the deadline. */
const LATER = [0, MINUTE, 12 * MINUTE];

const H = 'healthy';
const P = 'progressing';
const D = 'degraded';
const S = 'suspended';
const U = 'unknown';

/** Name of the recording; verdicts at once, a minute and twelve minutes later; what is said first. */
const rows: [string, string[], (string | RegExp)?, RegExp?][] = [
  ['deployment-complete', [H, H, H]],
  ['deployment-native-sidecar', [H, H, H]],
  ['deployment-rolling-out', [P, P, D], 'UpdatingReplicas', /1 of 2/],
  [
    'deployment-image-not-found',
    [P, D, D],
    'ImagePullBackOff',
    /tag `2.0.0-missing` not found in shop\/cart/,
  ],
  ['deployment-crash-loop', [P, D, D], 'CrashLoopBackOff', /exit code 1/],
  ['deployment-init-crash', [P, D, D], 'CrashLoopBackOff', /init container/],
  ['deployment-deadline-exceeded', [D, D, D], 'NotReady'],
  ['deployment-paused', [S, S, S], 'Paused'],
  ['deployment-scaled-to-zero', [S, S, S], 'ScaledToZero'],
  ['deployment-over-quota', [P, D, D], 'ReplicaFailure', /exceeded quota/],
  ['deployment-unschedulable', [P, D, D], 'Unschedulable', /Insufficient cpu/],
  [
    'deployment-volume-pending',
    [P, D, D],
    'VolumePending',
    /claim `data` is not bound \(storage class `nothing`\)/,
  ],
  [
    'deployment-volume-missing',
    [P, D, D],
    'VolumeMissing',
    /claim `nowhere` does not exist/,
  ],
  ['statefulset-complete', [H, H, H]],
  ['statefulset-rolled-over', [H, H, H]],
  ['statefulset-starting', [P, P, D], 'WaitingForReadiness', /0 of 3/],
  ['statefulset-rolling-out', [P, P, D], 'WaitingForReadiness', /2 of 3/],
  ['statefulset-image-not-found', [P, D, D], 'ImagePullBackOff'],
  ['statefulset-crash-loop', [P, D, D], 'CrashLoopBackOff', /3 of 3 pods/],
  ['statefulset-partitioned', [H, H, H], 'Partitioned', /2 of 3/],
  ['statefulset-on-delete', [H, H, H]],
  ['statefulset-scaled-to-zero', [S, S, S], 'ScaledToZero'],
  [
    'statefulset-volume-pending',
    [P, D, D],
    'VolumePending',
    /claim `data-web-0` is not bound \(storage class `nothing`\)/,
  ],
  ['daemonset-complete', [H, H, H]],
  ['daemonset-rolled-over', [H, H, H]],
  ['daemonset-on-delete', [H, H, H]],
  ['daemonset-no-node', [H, H, H], 'NoNodeSelected'],
  ['daemonset-starting', [P, P, D], 'WaitingForAvailability', /0 of 3/],
  ['daemonset-image-not-found', [P, D, D], 'ImagePullBackOff'],
  ['daemonset-crash-loop', [P, D, D], 'CrashLoopBackOff'],
  ['job-complete', [H, H, H]],
  ['job-running', [P, P, P], 'JobRunning', /0 of 3 done$/],
  [
    'job-failed',
    [D, D, D],
    'BackoffLimitExceeded',
    /2 pods failed\): container `main` ended with exit code 3, image/,
  ],
  ['job-deadline-exceeded', [D, D, D], 'DeadlineExceeded', /longer than/],
  ['job-failure-policy', [D, D, D], 'PodFailurePolicy', /exit code 42/],
  ['job-retrying', [P, P, P], 'JobRunning', /pods failed: .* exit code 3/],
  ['job-crash-loop', [P, D, D], 'CrashLoopBackOff'],
  ['job-image-not-found', [P, D, D], 'ImagePullBackOff'],
  ['job-suspended', [S, S, S], 'Suspended'],
  ['cronjob-never-run', [H, H, H]],
  ['cronjob-suspended', [S, S, S], 'Suspended'],
  ['cronjob-succeeded', [H, H, H]],
  [
    'cronjob-failed',
    [D, D, D],
    'BackoffLimitExceeded',
    /^its last run failed .* exit code 3/,
  ],
  ['cronjob-running', [P, P, P], 'JobRunning'],
  ['cronjob-gone', [U, U, U], 'RunGone'],
  ['volume-bound', [H, H, H]],
  ['volume-pending', [P, P, P], 'VolumePending', /storage class `nothing`/],
  ['volume-lost', [D, D, D], 'VolumeLost', /volume lost no longer exists/],
  ['service-without-pods', [P, D, D], 'NoEndpoints'],
  ['ingress-pending', [P, P, P], 'IngressPending'],
  ['ingress-backend-missing', [P, D, D], 'BackendMissing', /`nowhere`/],
  ['autoscaler-without-metrics', [P, D, D], 'FailedGetResourceMetric'],
  ['autoscaler-disabled', [S, S, S], 'ScalingDisabled'],
  ['budget-allows', [H, H, H]],
  ['budget-allows-none', [H, H, H], 'NoDisruptionAllowed'],
  ['budget-insufficient', [P, P, P], 'InsufficientPods', /0 of at least 1/],
  ['budget-selects-nothing', [H, H, H], 'NoPodSelected'],
];

/** States that kubectl calls rolled out, and that Koala says have been stopped on purpose. */
const STOPPED = [
  'deployment-paused',
  'deployment-scaled-to-zero',
  'statefulset-scaled-to-zero',
];

describe('verdicts on states of a real control plane', () => {
  it('covers every recording', () => {
    const names = readdirSync(join(__dirname, '../__fixtures__/recorded'));
    expect(
      names.map(file => file.replace('.generated.json', '')).sort(),
    ).toEqual(rows.map(([name]) => name).sort());
  });

  it.each(
    rows.flatMap(([name, statuses, code, says]) =>
      statuses.map((status, index) => ({
        name,
        status,
        later: LATER[index],
        // What is said first may change with time: the cause goes before its consequence.
        code: index === 0 || status === statuses[0] ? code : undefined,
        says: index === 0 || status === statuses[0] ? says : undefined,
      })),
    ),
  )('$name after $later ms: $status', ({ name, status, later, code, says }) => {
    const verdict = judgeRecorded(readRecorded(name), later);
    expect(verdict.status).toBe(status);
    const [first] = verdict.reasons;
    expect(first?.code).toEqual(code ?? first?.code);
    expect(first?.message ?? '').toMatch(says ?? /^/);
    expect(namesItsObject(verdict)).toBe(true);
    expect(saysWhatToDo(verdict)).toBe(true);
  });

  it.each(rows.map(([name]) => name))(
    'looks at %s again when time alone changes the verdict',
    name => {
      const recorded = readRecorded(name);
      let { status, recheckAt = Infinity } = judgeRecorded(recorded, 0);
      const late: number[] = [];
      for (let later = 0; later <= 15 * MINUTE; later += 5_000) {
        const verdict = judgeRecorded(recorded, later);
        if (
          verdict.status !== status &&
          recheckAt > recorded.recordedAt + later
        ) {
          late.push(later);
        }
        ({ status, recheckAt = Infinity } = verdict);
      }
      expect(late).toEqual([]);
    },
  );

  it.each(rows.map(([name]) => name))('agrees with kubectl on %s', name => {
    const recorded = readRecorded(name);
    const { status } = judgeRecorded(recorded, 0);
    expect(allowedBy(recorded.rolloutStatus?.text, name)).toContain(status);
  });
});

/** The verdicts that agree with what kubectl says. */
function allowedBy(text: string | undefined, name: string): string[] {
  if (text === undefined || /only available for RollingUpdate/.test(text)) {
    // It has no verdict on other kinds, nor on pods that are replaced by hand.
    return [H, P, D, S, U];
  }
  if (/successfully rolled out|roll out complete/.test(text)) {
    return [STOPPED.includes(name) ? S : H];
  }
  if (/^Waiting/.test(text)) {
    return [P];
  }
  return /exceeded its progress deadline/.test(text) ? [D] : [];
}

function namesItsObject({ status, reasons }: Verdict): boolean {
  return status === H || reasons[0].object?.name !== undefined;
}

function saysWhatToDo({ status, reasons }: Verdict): boolean {
  return status !== D || /\.$/.test(reasons[0].nextStep ?? '');
}
