import {
  rawObject,
  rawPodOf,
  rawStatefulSet,
} from '../resolution/__testUtils__/rawKinds';
import { CREATED } from '../resolution/__testUtils__/rawObjects';
import { FORBIDDEN, OneTarget } from './__testUtils__/OneTarget';

describe('what belongs to the workloads of a service', () => {
  let target: OneTarget;

  beforeEach(() => {
    target = new OneTarget();
  });

  afterEach(() => target.stop());

  const set = rawStatefulSet({ name: 'cart' });

  it('says which lists may lack something', async () => {
    target.put(set, rawPodOf(set));
    target.inventory.setKind('eu', 'Ingress', FORBIDDEN);
    expect(await target.of('cart')).toMatchObject({
      status: 'healthy',
      unread: ['Ingress'],
    });
  });

  it('tells stopped from idle by the autoscaler', async () => {
    const idle = rawStatefulSet({
      name: 'cart',
      spec: { replicas: 0 },
      status: { replicas: 0, readyReplicas: 0 },
    });
    target.put(idle);
    expect(await target.of('cart')).toMatchObject({
      status: 'suspended',
      reason: { code: 'ScaledToZero' },
    });
    target.put(
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
    expect(await target.of('cart')).toMatchObject({
      status: 'healthy',
      reason: { code: 'Idle' },
      workloads: [
        { autoscaler: { name: 'cart-scaler', minReplicas: 0, maxReplicas: 4 } },
      ],
    });
    target.inventory.setKind('eu', 'HorizontalPodAutoscaler', FORBIDDEN);
    expect(await target.of('cart')).toMatchObject({
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
    target.put(
      rawStatefulSet({
        name: 'cart',
        spec: { volumeClaimTemplates: [{ metadata: { name: 'data' } }] },
        status: { readyReplicas: 0 },
      }),
      waiting,
    );
    expect(await target.of('cart')).toMatchObject({
      reason: { code: 'VolumeMissing' },
      volumes: [{ phase: 'Missing', status: 'degraded' }],
    });
    target.put(claim('Pending'));
    expect(await target.of('cart')).toMatchObject({
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
    target.inventory.remove('eu', 'PersistentVolumeClaim/data-cart-0');
    expect(await target.of('cart')).toMatchObject({
      reason: { code: 'VolumeMissing' },
    });
  });

  it('shows who else mounts a volume, as far as the reader may see', async () => {
    const podSpec = {
      volumes: [
        { name: 'x', persistentVolumeClaim: { claimName: 'pictures' } },
      ],
    };
    target.put(
      rawStatefulSet({ name: 'cart', podSpec }),
      rawStatefulSet({ name: 'ledger', podSpec }),
      rawStatefulSet({ name: 'nobodys', podSpec }),
      rawObject('PersistentVolumeClaim', {
        name: 'pictures',
        spec: { accessModes: ['ReadWriteMany'] },
        status: { phase: 'Bound', capacity: { storage: '5Gi' } },
      }),
    );
    const [volume] = (await target.of('cart')).volumes;
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
    target.put(
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
    expect(await target.of('cart')).toMatchObject({
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
