import { at } from '../__fixtures__/clock';
import { podCondition, rawPod } from '../__fixtures__/rawPod';
import { rawVolume } from '../__fixtures__/rawWorkloads';
import { expectedBy, shownBy, VerdictRow } from '../__fixtures__/verdictRow';
import { projectObject } from '../projection/projectObject';
import { judgePod } from './judgePod';

describe('judgePod with claims', () => {
  const judge = (options: {
    said?: string;
    claim?: unknown;
    claims?: boolean;
    now?: number;
  }) => {
    const { said, claim, now = 10 } = options;
    return judgePod({
      pod: projectObject(
        'Pod',
        rawPod({
          phase: 'Pending',
          containers: [{ silent: true }],
          spec: {
            nodeName: undefined,
            volumes: [
              { name: 'd', persistentVolumeClaim: { claimName: 'data' } },
            ],
          },
          conditions: said
            ? [
                podCondition('PodScheduled', 'False', 0, {
                  reason: 'Unschedulable',
                  message: said,
                }),
              ]
            : [],
        }),
      ),
      claimOf:
        options.claims === false
          ? undefined
          : name =>
              claim && name === 'data'
                ? projectObject('PersistentVolumeClaim', claim)
                : undefined,
      now: at(now),
    });
  };
  const pending = rawVolume({ name: 'data', status: { phase: 'Pending' } });
  const UNBOUND =
    '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.';

  it.each<VerdictRow>([
    {
      title: 'a claim that is not bound',
      verdict: () => judge({ said: UNBOUND, claim: pending, now: 40 }),
      status: 'degraded',
      codes: ['VolumePending'],
      says: 'its claim `data` is not bound (storage class `fast`)',
      nextStep: /storage class/,
    },
    {
      title: 'a claim without a class',
      verdict: () =>
        judge({
          said: UNBOUND,
          claim: rawVolume({
            spec: { storageClassName: undefined },
            status: { phase: 'Pending' },
          }),
        }),
      status: 'progressing',
      says: '(no storage class)',
    },
    {
      title: 'a claim that is not there',
      verdict: () =>
        judge({ said: 'persistentvolumeclaim "data" not found', now: 40 }),
      status: 'degraded',
      codes: ['VolumeMissing'],
    },
    {
      title: 'claims may not be read: what the scheduler says',
      verdict: () => judge({ said: UNBOUND, claims: false, now: 40 }),
      status: 'degraded',
      codes: ['Unschedulable'],
      says: 'unbound immediate',
    },
    {
      title: 'a claim that waits for its first consumer is not to blame',
      verdict: () =>
        judge({
          said: '0/3 nodes are available: 3 Insufficient cpu.',
          claim: pending,
          now: 40,
        }),
      status: 'degraded',
      codes: ['Unschedulable'],
    },
    {
      title: 'bound, but no node can reach it',
      verdict: () =>
        judge({
          said: '0/3 nodes are available: 3 node(s) had volume node affinity conflict.',
          claim: rawVolume(),
          now: 40,
        }),
      status: 'degraded',
      codes: ['Unschedulable'],
    },
    {
      title: 'the scheduler is still binding it',
      verdict: () => judge({ claim: pending }),
      status: 'progressing',
      codes: ['VolumePending'],
      says: 'waits for its claim `data`',
    },
    {
      title: 'the scheduler has been binding it for too long',
      verdict: () => judge({ claim: pending, now: 700 }),
      status: 'degraded',
      codes: ['VolumePending'],
    },
    {
      title: 'no word of the scheduler, its claim bound',
      verdict: () => judge({ claim: rawVolume() }),
      status: 'progressing',
      codes: ['Pending'],
    },
  ])('$title: $status', row => {
    expect(shownBy(row)).toMatchObject(expectedBy(row));
  });
});
