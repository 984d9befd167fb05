import { at, iso } from '../__fixtures__/clock';
import { projectObject } from './projectObject';

const metadata = {
  name: 'cart',
  namespace: 'shop',
  uid: 'u',
  generation: 3,
  creationTimestamp: iso(0),
};
const template = {
  metadata: { labels: { app: 'cart' } },
  spec: {
    imagePullSecrets: [{ name: 'registry' }],
    containers: [
      {
        name: 'logs',
        image: 'fluent/fluent-bit:3.2.10',
        volumeMounts: [],
      },
      {
        name: 'app',
        image: 'registry.example.com/shop/cart:1.4.2',
        env: [
          { name: 'A', value: 'plain' },
          {
            name: 'B',
            valueFrom: { configMapKeyRef: { name: 'cart', key: 'mode' } },
          },
          {
            name: 'C',
            valueFrom: {
              secretKeyRef: { name: 'cart-db', key: 'password' },
            },
          },
          {
            name: 'D',
            valueFrom: {
              secretKeyRef: { name: 'cart-db', key: 'user', optional: true },
            },
          },
        ],
        envFrom: [{ configMapRef: { name: 'shared', optional: true } }],
      },
    ],
    initContainers: [
      { name: 'migrate', image: 'registry.example.com/shop/migrate:1.4.2' },
      {
        name: 'metrics',
        image: 'quay.io/prometheus/statsd-exporter:v0.28.0',
        restartPolicy: 'Always',
      },
    ],
    volumes: [
      { name: 'data', persistentVolumeClaim: { claimName: 'cart-data' } },
      { name: 'again', persistentVolumeClaim: { claimName: 'cart-data' } },
      { name: 'files', configMap: { name: 'cart' } },
      {
        name: 'all',
        projected: {
          sources: [
            { secret: { name: 'cart-tls', items: [{ key: 'tls.crt' }] } },
            { serviceAccountToken: { path: 'token' } },
          ],
        },
      },
      { name: 'scratch', ephemeral: { volumeClaimTemplate: {} } },
      { name: 'tmp', emptyDir: {} },
    ],
  },
};

describe('projectObject of a pod template', () => {
  const deployment = projectObject('Deployment', {
    metadata,
    spec: { template },
  });

  it('tells the main container from well-known sidecars beside it', () => {
    expect(
      deployment.template.containers.map(({ name, role }) => [name, role]),
    ).toEqual([
      ['app', 'main'],
      ['logs', 'sidecar'],
      ['migrate', 'init'],
      ['metrics', 'sidecar'],
    ]);
  });

  it('takes the container that the annotation names, whatever its image', () => {
    const { containers } = projectObject('Deployment', {
      metadata,
      spec: {
        template: {
          ...template,
          metadata: {
            annotations: { 'kubectl.kubernetes.io/default-container': 'logs' },
          },
        },
      },
    }).template;
    expect(containers[0]).toMatchObject({ name: 'logs', role: 'main' });
  });

  it('takes the only container, even of a well-known sidecar, as the main one', () => {
    const { containers } = projectObject('DaemonSet', {
      metadata,
      spec: {
        template: {
          spec: {
            containers: [
              { name: 'node-exporter', image: 'prom/node-exporter:v1.9.0' },
            ],
          },
        },
      },
    }).template;
    expect(containers).toEqual([
      {
        name: 'node-exporter',
        image: 'prom/node-exporter:v1.9.0',
        role: 'main',
      },
    ]);
  });

  it('names claims and configuration once, with the keys that are referred to', () => {
    expect(deployment.template.claims).toEqual(['cart-data']);
    expect(deployment.template.configs).toEqual([
      {
        kind: 'ConfigMap',
        name: 'cart',
        keys: [],
        uses: ['env', 'volume'],
        optional: false,
      },
      {
        kind: 'ConfigMap',
        name: 'shared',
        keys: [],
        uses: ['envFrom'],
        optional: true,
      },
      {
        kind: 'Secret',
        name: 'cart-db',
        keys: ['password', 'user'],
        uses: ['env'],
        optional: false,
      },
      {
        kind: 'Secret',
        name: 'cart-tls',
        keys: ['tls.crt'],
        uses: ['volume'],
        optional: false,
      },
      {
        kind: 'Secret',
        name: 'registry',
        keys: [],
        uses: ['imagePull'],
        optional: false,
      },
    ]);
  });

  it('shares what revisions have in common', () => {
    const texts = new Map<string, string>();
    const intern = (text: string) => {
      texts.set(text, texts.get(text) ?? text);
      return texts.get(text)!;
    };
    const [a, b] = ['a', 'b'].map(
      name =>
        projectObject(
          'ReplicaSet',
          { metadata: { ...metadata, name }, spec: { template } },
          { intern },
        ).template,
    );
    expect(a.configs).toBe(b.configs);
    expect(a.claims).toBe(b.claims);
  });

  it('names the claim of an ephemeral volume of a pod after the pod', () => {
    const { claims } = projectObject('Pod', { metadata, spec: template.spec });
    expect(claims).toEqual(['cart-data', 'cart-scratch']);
  });
});

describe('projectObject of other kinds', () => {
  it('reads a StatefulSet, and when its status was written', () => {
    const object = projectObject('StatefulSet', {
      metadata: {
        ...metadata,
        managedFields: [
          { manager: 'kubectl', operation: 'Update', time: iso(50) },
          {
            manager: 'kube-controller-manager',
            operation: 'Update',
            subresource: 'status',
            time: iso(9),
            fieldsV1: {},
          },
        ],
      },
      spec: {
        replicas: 3,
        updateStrategy: {
          type: 'RollingUpdate',
          rollingUpdate: { partition: 2 },
        },
        volumeClaimTemplates: [{ metadata: { name: 'data' } }],
        template,
      },
      status: {
        observedGeneration: 3,
        replicas: 3,
        readyReplicas: 2,
        updatedReplicas: 1,
        currentRevision: 'cart-a',
        updateRevision: 'cart-b',
      },
    });
    expect(object).toMatchObject({
      replicas: 3,
      partition: 2,
      claimTemplates: ['data'],
      readyReplicas: 2,
      availableReplicas: 0,
      currentRevision: 'cart-a',
      updateRevision: 'cart-b',
      statusChangedAt: at(9),
    });
    expect(JSON.stringify(object)).not.toContain('fieldsV1');
  });

  it('reads a DaemonSet', () => {
    expect(
      projectObject('DaemonSet', {
        metadata,
        spec: { updateStrategy: { type: 'OnDelete' }, template },
        status: {
          desiredNumberScheduled: 3,
          currentNumberScheduled: 3,
          updatedNumberScheduled: 2,
          numberReady: 1,
          numberAvailable: 1,
        },
      }),
    ).toMatchObject({
      strategy: 'OnDelete',
      desiredReplicas: 3,
      updatedReplicas: 2,
      readyReplicas: 1,
    });
  });

  it('reads what a ControllerRevision ran', () => {
    const revision = projectObject('ControllerRevision', {
      metadata,
      revision: 4,
      data: { spec: { template: { ...template, $patch: 'replace' } } },
    });
    expect(revision.revision).toBe(4);
    expect(revision.template?.containers[0].name).toBe('app');
    expect(
      projectObject('ControllerRevision', { metadata, data: 'odd' }).template,
    ).toBeUndefined();
  });

  it('reads a Job and its defaults', () => {
    expect(
      projectObject('Job', {
        metadata,
        spec: { template },
        status: { failed: 7, startTime: iso(1) },
      }),
    ).toMatchObject({
      suspended: false,
      parallelism: 1,
      completions: undefined,
      backoffLimit: 6,
      ttlSeconds: undefined,
      failed: 7,
      startedAt: at(1),
    });
  });

  it('reads a CronJob', () => {
    expect(
      projectObject('CronJob', {
        metadata,
        spec: {
          schedule: '*/5 * * * *',
          timeZone: 'Europe/Berlin',
          suspend: true,
          jobTemplate: { spec: { template } },
        },
        status: {
          active: [{ name: 'cart-1' }],
          lastScheduleTime: iso(7),
          lastSuccessfulTime: iso(8),
        },
      }),
    ).toMatchObject({
      schedule: '*/5 * * * *',
      timeZone: 'Europe/Berlin',
      suspended: true,
      active: 1,
      lastScheduledAt: at(7),
      lastSucceededAt: at(8),
      template: { labels: { app: 'cart' } },
    });
  });

  it('reads a claim', () => {
    expect(
      projectObject('PersistentVolumeClaim', {
        metadata,
        spec: {
          storageClassName: 'fast',
          accessModes: ['ReadWriteMany'],
          resources: { requests: { storage: '10Gi' } },
          volumeName: 'pv-1',
        },
        status: { phase: 'Bound', capacity: { storage: '12Gi' } },
      }),
    ).toMatchObject({
      phase: 'Bound',
      className: 'fast',
      accessModes: ['ReadWriteMany'],
      requested: '10Gi',
      capacity: '12Gi',
      volumeName: 'pv-1',
    });
  });

  it('reads an autoscaler', () => {
    expect(
      projectObject('HorizontalPodAutoscaler', {
        metadata,
        spec: {
          scaleTargetRef: { kind: 'Deployment', name: 'cart' },
          minReplicas: 0,
          maxReplicas: 9,
        },
        status: { currentReplicas: 2, desiredReplicas: 3 },
      }),
    ).toMatchObject({
      target: { kind: 'Deployment', name: 'cart' },
      minReplicas: 0,
      maxReplicas: 9,
      currentReplicas: 2,
      desiredReplicas: 3,
    });
  });

  it('reads a disruption budget', () => {
    expect(
      projectObject('PodDisruptionBudget', {
        metadata,
        spec: { minAvailable: 1, selector: { matchLabels: { app: 'cart' } } },
        status: {
          expectedPods: 2,
          currentHealthy: 2,
          desiredHealthy: 1,
          disruptionsAllowed: 1,
        },
      }),
    ).toMatchObject({ expectedPods: 2, disruptionsAllowed: 1 });
    expect(
      projectObject('PodDisruptionBudget', { metadata }).selector,
    ).toBeUndefined();
  });

  it('reads the routes of an ingress', () => {
    expect(
      projectObject('Ingress', {
        metadata,
        spec: {
          ingressClassName: 'nginx',
          tls: [{ hosts: ['cart.example.com'] }, { secretName: 'wildcard' }],
          defaultBackend: { service: { name: 'fallback', port: {} } },
          rules: [
            {
              host: 'cart.example.com',
              http: {
                paths: [
                  {
                    path: '/api',
                    backend: {
                      service: { name: 'cart', port: { number: 80 } },
                    },
                  },
                  { backend: { resource: { kind: 'Bucket', name: 'files' } } },
                ],
              },
            },
            { host: 'empty.example.com' },
          ],
        },
        status: { loadBalancer: { ingress: [{ ip: '192.0.2.7' }] } },
      }),
    ).toMatchObject({
      className: 'nginx',
      tlsHosts: ['cart.example.com'],
      tlsForAll: true,
      addresses: ['192.0.2.7'],
      routes: [
        {
          host: 'cart.example.com',
          path: '/api',
          exposure: 'cart',
          port: '80',
        },
        { host: 'cart.example.com', exposure: undefined },
        { exposure: 'fallback', port: undefined },
      ],
    });
  });

  it('keeps keys and hashes of a ConfigMap, and none of its values', () => {
    const object = (mode: string) =>
      projectObject('ConfigMap', {
        metadata,
        data: { mode, '__proto__.x': 'y' },
        binaryData: { logo: 'AAECAw==' },
      });
    const { hashes } = object('fast-and-loose');
    expect(Object.keys(hashes).sort()).toEqual(['__proto__.x', 'logo', 'mode']);
    expect(object('fast-and-loose').hashes.mode).toBe(hashes.mode);
    expect(object('fast-and-l0ose').hashes.mode).not.toBe(hashes.mode);
    expect(JSON.stringify(object('fast-and-loose'))).not.toMatch(/loose|AAEC/);
  });
});
