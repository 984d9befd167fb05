import { mockCredentials } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import {
  ServiceIdentity,
  TargetDetail,
  WatchedKind,
} from '@koala-ops/backstage-plugin-koala-common';
import Ajv from 'ajv/dist/2020';
import { readKoalaConfig } from '../config/readKoalaConfig';
import { VisibilityAuthority } from '../permissions/VisibilityAuthority';
import { MemoryInventory } from '../resolution/__testUtils__/MemoryInventory';
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
import { Resolver } from '../resolution/Resolver';
import { readOpenApi } from '../router/readOpenApi';
import { AuthorizedKoalaService } from './AuthorizedKoalaService';

const ajv = new Ajv({ strict: false });
ajv.addSchema({ ...readOpenApi(), $id: 'koala' });
const isServiceDetail = ajv.getSchema(
  'koala#/components/schemas/ServiceDetail',
)!;

const NOW = CREATED_MS + 3_600_000;
const FORBIDDEN = {
  synced: false,
  error: {
    code: 'forbidden' as const,
    message: 'HTTP 403',
    verb: 'list' as const,
  },
};
const config = readKoalaConfig(
  new ConfigReader({
    koala: {
      environments: [
        { name: 'prod', targets: [{ cluster: 'eu', namespaces: ['shop'] }] },
      ],
    },
  }),
);

describe('a service of any kind of workload', () => {
  let inventory: MemoryInventory;
  let model: Resolver;
  let services: Map<string, ServiceIdentity>;
  let visible: (ref: string) => boolean;

  beforeEach(() => {
    inventory = new MemoryInventory('eu');
    services = new Map();
    visible = () => true;
    for (const name of ['cart', 'ledger']) {
      const ref = `component:default/${name}`;
      services.set(ref, { ref, namespace: 'default', name, annotations: {} });
    }
    model = Resolver.create({
      config,
      inventory,
      catalog: {
        ready: true,
        services: () => services,
        subscribe: () => () => {},
      },
      now: () => NOW,
      instance: 'here',
    });
    model.start();
  });

  afterEach(() => model.stop());

  /** The only target of a service, as the API answers it. */
  async function targetOf(name: string): Promise<TargetDetail> {
    for (let i = 0; i < 5; i += 1) {
      await new Promise(resolve => setImmediate(resolve));
    }
    const sees = ({ slot }: any) => visible(slot?.service.ref);
    const service = AuthorizedKoalaService.create({
      model,
      inventory,
      authority: {
        visibilityFor: async () => ({
          key: 'test',
          sees: (resource: any) =>
            resource.service ? visible(resource.service) : sees(resource),
          mayHold: () => true,
          seesAll: () => true,
        }),
      } as unknown as VisibilityAuthority,
      reports: () => [],
      now: () => NOW,
    });
    const answer = JSON.parse(
      JSON.stringify(
        await service.service({
          credentials: mockCredentials.user('user:default/ana'),
          ref: `component:default/${name}`,
        }),
      ),
    );
    isServiceDetail(answer);
    expect(isServiceDetail.errors).toBeNull();
    return answer.cells[0].targets[0];
  }

  const put = (...raw: any[]) => inventory.put('eu', ...raw);
  const set = rawStatefulSet({ name: 'cart' });

  it('shows a StatefulSet with its revision', async () => {
    put(
      set,
      rawObject('ControllerRevision', {
        name: 'cart-a',
        owner: { kind: 'StatefulSet', uid: 'StatefulSet/cart' },
      }),
      rawPodOf(set, { labels: { 'controller-revision-hash': 'cart-a' } }),
    );
    inventory.put('eu', {
      ...rawObject('ControllerRevision', {
        name: 'cart-a',
        owner: { kind: 'StatefulSet', uid: 'StatefulSet/cart' },
      }),
      revision: 4,
    });
    const target = await targetOf('cart');
    expect(target).toMatchObject({
      status: 'healthy',
      ready: 1,
      desired: 1,
      release: { version: '1.0.0', revision: 4, deployedAt: CREATED_MS },
      workloads: [{ kind: 'StatefulSet', pods: [{ current: true }] }],
    });
  });

  it('shows a DaemonSet, and what a change of its pod makes of it', async () => {
    const daemonSet = rawDaemonSet({ name: 'cart' });
    put(daemonSet, rawPodOf(daemonSet));
    expect(await targetOf('cart')).toMatchObject({ status: 'healthy' });
    put(
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
    expect(await targetOf('cart')).toMatchObject({
      status: 'degraded',
      reason: { code: 'ErrImagePull' },
      workloads: [{ kind: 'DaemonSet', status: 'degraded' }],
    });
  });

  it('shows a CronJob by its runs, not by pods that it lacks', async () => {
    const owner = { kind: 'CronJob', uid: 'CronJob/cart' };
    const failed = rawJob({ name: 'cart-2', owner, ended: 'Failed' });
    put(
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
    const target = await targetOf('cart');
    expect(target).toMatchObject({
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
    expect(target).not.toHaveProperty('ready');
    expect(target.workloads).toHaveLength(1);
  });

  it('takes the release from what serves, not from a migration', async () => {
    put(
      ...rawDeployment({ name: 'cart', namespace: 'shop', version: '2.0.0' }),
      rawJob({
        name: 'cart-migrate-1',
        labels: { app: 'cart' },
        ended: 'Failed',
      }),
    );
    expect(await targetOf('cart')).toMatchObject({
      status: 'degraded',
      reason: { code: 'BackoffLimitExceeded' },
      release: { version: '2.0.0' },
      ready: 1,
      desired: 1,
    });
    // The run that takes its place succeeds.
    put(
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
    const target = await targetOf('cart');
    expect(target).toMatchObject({ status: 'healthy' });
    expect(target.workloads.map(({ name }) => name)).toEqual([
      'cart',
      'cart-migrate-2',
    ]);
  });

  it('has no release of a service of which only a hook is there', async () => {
    put(rawJob({ name: 'hook', labels: { app: 'cart' }, ended: 'Complete' }));
    const target = await targetOf('cart');
    expect(target.status).toBe('healthy');
    expect(target).not.toHaveProperty('release');
  });

  it('remembers a Job that ran and is gone', async () => {
    put(rawJob({ name: 'cart', ended: 'Complete' }));
    expect(await targetOf('cart')).toMatchObject({
      status: 'healthy',
      workloads: [{ run: { state: 'succeeded', finishedAt: CREATED_MS } }],
    });
    inventory.remove('eu', 'Job/cart');
    expect(await targetOf('cart')).toMatchObject({
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
      put(set, rawPodOf(set));
      await targetOf('cart');
      inventory.setKind('eu', kind, FORBIDDEN);
      const target = await targetOf('cart');
      expect(target.status).toBe(unknown ? 'unknown' : 'healthy');
      expect(target.workloads[0].status).toBe(target.status);
      expect(target.reason?.code).toBe(unknown ? 'KindForbidden' : undefined);
    },
  );

  it('says which lists may lack something', async () => {
    put(set, rawPodOf(set));
    inventory.setKind('eu', 'Ingress', FORBIDDEN);
    expect(await targetOf('cart')).toMatchObject({
      status: 'healthy',
      unread: ['Ingress'],
    });
  });

  it('knows nothing deployed only where every kind of workload was read', async () => {
    expect(await targetOf('cart')).toMatchObject({ status: 'not-deployed' });
    inventory.setKind('eu', 'CronJob', FORBIDDEN);
    expect(await targetOf('cart')).toMatchObject({
      status: 'unknown',
      reason: {
        code: 'KindForbidden',
        message: expect.stringContaining('CronJob'),
      },
    });
    inventory.setKind('eu', 'CronJob', { synced: false });
    expect(await targetOf('cart')).toMatchObject({
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
    put(...rawDeployment({ name: 'cart', namespace: 'shop' }), broken);
    inventory.setKind('eu', 'ReplicaSet', FORBIDDEN);
    const target = await targetOf('cart');
    expect(target).toMatchObject({
      status: 'degraded',
      reason: { object: { kind: 'StatefulSet' } },
    });
    expect(
      Object.fromEntries(
        target.workloads.map(({ kind, status }) => [kind, status]),
      ),
    ).toEqual({ Deployment: 'unknown', StatefulSet: 'degraded' });
  });

  it('tells stopped from idle by the autoscaler', async () => {
    const idle = rawStatefulSet({
      name: 'cart',
      spec: { replicas: 0 },
      status: { replicas: 0, readyReplicas: 0 },
    });
    put(idle);
    expect(await targetOf('cart')).toMatchObject({
      status: 'suspended',
      reason: { code: 'ScaledToZero' },
    });
    put(
      rawObject('HorizontalPodAutoscaler', {
        name: 'cart-scaler',
        labels: {},
        spec: {
          scaleTargetRef: { kind: 'StatefulSet', name: 'cart' },
          minReplicas: 0,
          maxReplicas: 4,
        },
      }),
    );
    expect(await targetOf('cart')).toMatchObject({
      status: 'healthy',
      reason: { code: 'Idle' },
      workloads: [
        { autoscaler: { name: 'cart-scaler', minReplicas: 0, maxReplicas: 4 } },
      ],
    });
    inventory.setKind('eu', 'HorizontalPodAutoscaler', FORBIDDEN);
    expect(await targetOf('cart')).toMatchObject({
      status: 'unknown',
      reason: { code: 'KindForbidden' },
    });
  });

  it('names the claim that a pod waits for, and looks again when it is bound', async () => {
    const waiting = rawPodOf(set, {
      claims: ['data-cart-0'],
      ready: false,
      spec: { nodeName: undefined },
      status: {
        phase: 'Pending',
        conditions: [
          {
            type: 'PodScheduled',
            status: 'False',
            reason: 'Unschedulable',
            message: 'pod has unbound immediate PersistentVolumeClaims',
            lastTransitionTime: CREATED,
          },
        ],
        containerStatuses: [],
      },
    });
    const claim = (phase: string) =>
      rawObject('PersistentVolumeClaim', {
        name: 'data-cart-0',
        labels: {},
        spec: { storageClassName: 'none', accessModes: ['ReadWriteOnce'] },
        status: { phase },
      });
    put(
      rawStatefulSet({
        name: 'cart',
        spec: { volumeClaimTemplates: [{ metadata: { name: 'data' } }] },
        status: { readyReplicas: 0 },
      }),
      waiting,
    );
    expect(await targetOf('cart')).toMatchObject({
      reason: { code: 'VolumeMissing' },
      volumes: [{ phase: 'Missing', status: 'degraded' }],
    });
    put(claim('Pending'));
    expect(await targetOf('cart')).toMatchObject({
      status: 'degraded',
      reason: {
        code: 'VolumePending',
        message: expect.stringMatching(/`data-cart-0`.*storage class `none`/),
      },
      volumes: [
        {
          name: 'data-cart-0',
          status: 'degraded',
          phase: 'Pending',
          access: 'single',
          mountedBy: [{ kind: 'StatefulSet', name: 'cart' }],
        },
      ],
    });
    inventory.remove('eu', 'PersistentVolumeClaim/data-cart-0');
    expect(await targetOf('cart')).toMatchObject({
      reason: { code: 'VolumeMissing' },
    });
  });

  it('shows who else mounts a volume, as far as the reader may see', async () => {
    const podSpec = {
      volumes: [
        { name: 'x', persistentVolumeClaim: { claimName: 'pictures' } },
      ],
    };
    put(
      rawStatefulSet({ name: 'cart', podSpec }),
      rawStatefulSet({ name: 'ledger', podSpec }),
      rawStatefulSet({ name: 'nobodys', podSpec }),
      rawObject('PersistentVolumeClaim', {
        name: 'pictures',
        spec: { accessModes: ['ReadWriteMany'] },
        status: { phase: 'Bound', capacity: { storage: '5Gi' } },
      }),
    );
    const [volume] = (await targetOf('cart')).volumes;
    expect(volume).toMatchObject({
      access: 'shared',
      capacity: '5Gi',
      mountedBy: [
        { kind: 'StatefulSet', name: 'cart' },
        {
          kind: 'StatefulSet',
          name: 'ledger',
          service: 'component:default/ledger',
        },
      ],
      alsoMounted: 1,
    });
  });

  it('shows containers by role, configuration, budget, exposures and URLs', async () => {
    const podSpec = {
      containers: [
        {
          name: 'main',
          image: 'cart:1.0.0',
          envFrom: [{ secretRef: { name: 'cart-db' } }],
          env: [
            {
              name: 'MODE',
              valueFrom: { configMapKeyRef: { name: 'cart', key: 'mode' } },
            },
          ],
        },
        { name: 'logs', image: 'fluent/fluent-bit:3.2' },
      ],
      initContainers: [{ name: 'migrate', image: 'cart-migrate:1.0.0' }],
    };
    put(
      rawStatefulSet({ name: 'cart', podSpec }),
      {
        ...rawObject('ConfigMap', { name: 'cart', labels: {} }),
        data: { other: 'x' },
      },
      rawObject('PodDisruptionBudget', {
        name: 'cart',
        spec: { selector: { matchLabels: { app: 'cart' } } },
        status: {
          observedGeneration: 1,
          expectedPods: 1,
          desiredHealthy: 1,
          currentHealthy: 1,
        },
      }),
      rawObject('Service', {
        name: 'cart-lb',
        labels: {},
        spec: {
          type: 'LoadBalancer',
          selector: { app: 'cart' },
          ports: [{ port: 80 }],
        },
      }),
      rawObject('Ingress', {
        name: 'web',
        labels: {},
        spec: {
          tls: [{ hosts: ['*.example.com'] }],
          rules: [
            {
              host: 'cart.example.com',
              http: {
                paths: [
                  {
                    path: '/api',
                    backend: {
                      service: { name: 'cart-lb', port: { number: 80 } },
                    },
                  },
                ],
              },
            },
            {
              host: 'else.example.com',
              http: {
                paths: [{ backend: { service: { name: 'elsewhere' } } }],
              },
            },
          ],
        },
      }),
    );
    expect(await targetOf('cart')).toMatchObject({
      workloads: [
        {
          containers: [
            { name: 'main', role: 'main' },
            { name: 'logs', role: 'sidecar', purpose: 'logs' },
            { name: 'migrate', role: 'init' },
          ],
          configs: [
            {
              kind: 'ConfigMap',
              name: 'cart',
              missing: true,
              missingKeys: ['mode'],
            },
            { kind: 'Secret', name: 'cart-db', uses: ['envFrom'] },
          ],
          disruptionBudget: {
            status: 'healthy',
            reason: { code: 'NoDisruptionAllowed' },
          },
        },
      ],
      exposures: [
        { type: 'LoadBalancer', addresses: [], reason: expect.anything() },
      ],
      ingresses: [
        {
          name: 'web',
          status: 'progressing',
          reason: { code: 'IngressPending' },
          routes: [{ url: 'https://cart.example.com/api' }],
        },
      ],
    });
  });
});
