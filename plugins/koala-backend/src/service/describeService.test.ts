import { WatchedKind } from '@koala-ops/backstage-plugin-koala-common';
import {
  rawCronJob,
  rawDaemonSet,
  rawJob,
  rawObject,
  rawPodOf,
  rawStatefulSet,
} from '../resolution/__testUtils__/rawKinds';
import {
  CREATED,
  CREATED_MS,
  rawDeployment,
} from '../resolution/__testUtils__/rawObjects';
import { FORBIDDEN, NOW, OneTarget } from './__testUtils__/OneTarget';

describe('a service of any kind of workload', () => {
  let target: OneTarget;

  beforeEach(() => {
    target = new OneTarget();
  });

  afterEach(() => target.stop());

  const set = rawStatefulSet({ name: 'cart' });

  it('shows a StatefulSet with its revision', async () => {
    target.put(
      set,
      rawObject('ControllerRevision', {
        name: 'cart-a',
        owner: { kind: 'StatefulSet', uid: 'StatefulSet/cart' },
      }),
      rawPodOf(set, { labels: { 'controller-revision-hash': 'cart-a' } }),
    );
    target.inventory.put('eu', {
      ...rawObject('ControllerRevision', {
        name: 'cart-a',
        owner: { kind: 'StatefulSet', uid: 'StatefulSet/cart' },
      }),
      revision: 4,
    });
    const detail = await target.of('cart');
    expect(detail).toMatchObject({
      status: 'healthy',
      ready: 1,
      desired: 1,
      release: { version: '1.0.0', revision: 4, deployedAt: CREATED_MS },
      workloads: [{ kind: 'StatefulSet', pods: [{ current: true }] }],
    });
  });

  it('shows a DaemonSet, and what a change of its pod makes of it', async () => {
    const daemonSet = rawDaemonSet({ name: 'cart' });
    target.put(daemonSet, rawPodOf(daemonSet));
    expect(await target.of('cart')).toMatchObject({ status: 'healthy' });
    target.put(
      rawPodOf(daemonSet, {
        ready: false,
        status: {
          phase: 'Pending',
          containerStatuses: [
            { name: 'main', state: { waiting: { reason: 'ErrImagePull' } } },
          ],
        },
      }),
    );
    expect(await target.of('cart')).toMatchObject({
      status: 'degraded',
      reason: { code: 'ErrImagePull' },
      workloads: [{ kind: 'DaemonSet', status: 'degraded' }],
    });
  });

  it('shows a CronJob by its runs, not by pods that it lacks', async () => {
    const owner = { kind: 'CronJob', uid: 'CronJob/cart' };
    const failed = rawJob({ name: 'cart-2', owner, ended: 'Failed' });
    target.put(
      rawCronJob({ name: 'cart', status: { lastScheduleTime: CREATED } }),
      failed,
      rawPodOf(failed, {
        name: 'cart-2-x',
        status: {
          phase: 'Failed',
          containerStatuses: [
            {
              name: 'main',
              state: { terminated: { exitCode: 3, reason: 'Error' } },
            },
          ],
        },
      }),
    );
    const detail = await target.of('cart');
    expect(detail).toMatchObject({
      status: 'degraded',
      reason: {
        code: 'BackoffLimitExceeded',
        message: expect.stringContaining('exit code 3'),
        object: { kind: 'Job', name: 'cart-2' },
      },
      release: { version: '1.0.0' },
      workloads: [
        {
          kind: 'CronJob',
          schedule: {
            schedule: '*/10 * * * *',
            nextRunAt: NOW + 600_000,
            lastRun: { outcome: 'failed', job: 'cart-2', at: CREATED_MS },
          },
          pods: [{ name: 'cart-2-x' }],
        },
      ],
    });
    expect(detail).not.toHaveProperty('ready');
    expect(detail.workloads).toHaveLength(1);
  });

  it('takes the release from what serves, not from a migration', async () => {
    target.put(
      ...rawDeployment({ name: 'cart', namespace: 'shop', version: '2.0.0' }),
      rawJob({
        name: 'cart-migrate-1',
        labels: { app: 'cart' },
        ended: 'Failed',
      }),
    );
    expect(await target.of('cart')).toMatchObject({
      status: 'degraded',
      reason: { code: 'BackoffLimitExceeded' },
      release: { version: '2.0.0' },
      ready: 1,
      desired: 1,
    });
    // The run that takes its place succeeds.
    target.put(
      rawJob({
        name: 'cart-migrate-2',
        labels: { app: 'cart' },
        ended: 'Complete',
        createdAt: '2026-01-01T00:10:00Z',
        podSpec: {
          containers: [
            { name: 'main', image: 'registry.example.com/cart-migrate-1:2' },
          ],
        },
      }),
    );
    const detail = await target.of('cart');
    expect(detail).toMatchObject({ status: 'healthy' });
    expect(detail.workloads.map(({ name }) => name)).toEqual([
      'cart',
      'cart-migrate-2',
    ]);
  });

  it('has no release of a service of which only a hook is there', async () => {
    target.put(
      rawJob({ name: 'hook', labels: { app: 'cart' }, ended: 'Complete' }),
    );
    const detail = await target.of('cart');
    expect(detail.status).toBe('healthy');
    expect(detail).not.toHaveProperty('release');
  });

  it('remembers a Job that ran and is gone', async () => {
    target.put(rawJob({ name: 'cart', ended: 'Complete' }));
    expect(await target.of('cart')).toMatchObject({
      status: 'healthy',
      workloads: [{ run: { state: 'succeeded', finishedAt: CREATED_MS } }],
    });
    target.inventory.remove('eu', 'Job/cart');
    expect(await target.of('cart')).toMatchObject({
      status: 'not-deployed',
      reason: {
        code: 'JobGone',
        message: 'Job cart ran to its end and is gone.',
      },
    });
  });

  it.each<[WatchedKind, boolean]>([
    ['StatefulSet', true],
    ['Pod', true],
    ['DaemonSet', false],
    ['ReplicaSet', false],
    ['HorizontalPodAutoscaler', false],
    ['ConfigMap', false],
  ])(
    'a StatefulSet is unknown while %s may not be read: %s',
    async (kind, unknown) => {
      target.put(set, rawPodOf(set));
      await target.of('cart');
      target.inventory.setKind('eu', kind, FORBIDDEN);
      const detail = await target.of('cart');
      expect(detail.status).toBe(unknown ? 'unknown' : 'healthy');
      expect(detail.workloads[0].status).toBe(detail.status);
      expect(detail.reason?.code).toBe(unknown ? 'KindForbidden' : undefined);
    },
  );

  it('knows nothing deployed only where every kind of workload was read', async () => {
    expect(await target.of('cart')).toMatchObject({ status: 'not-deployed' });
    target.inventory.setKind('eu', 'CronJob', FORBIDDEN);
    expect(await target.of('cart')).toMatchObject({
      status: 'unknown',
      reason: {
        code: 'KindForbidden',
        message: expect.stringContaining('CronJob'),
      },
    });
    target.inventory.setKind('eu', 'CronJob', { synced: false });
    expect(await target.of('cart')).toMatchObject({
      status: 'unknown',
      reason: { code: 'NotYetSynced' },
    });
  });

  it('judges what it can see beside what it cannot', async () => {
    const broken = rawStatefulSet({
      name: 'cart-db',
      labels: { app: 'cart' },
      status: { readyReplicas: 0 },
    });
    target.put(...rawDeployment({ name: 'cart', namespace: 'shop' }), broken);
    target.inventory.setKind('eu', 'ReplicaSet', FORBIDDEN);
    const detail = await target.of('cart');
    expect(detail).toMatchObject({
      status: 'degraded',
      reason: { object: { kind: 'StatefulSet' } },
    });
    expect(
      Object.fromEntries(
        detail.workloads.map(({ kind, status }) => [kind, status]),
      ),
    ).toEqual({ Deployment: 'unknown', StatefulSet: 'degraded' });
  });
});
