import { at, iso } from '../__fixtures__/clock';
import { rawDeployment, rawReplicaSet } from '../__fixtures__/rawDeployment';
import { rawEndpointSlice, rawService } from '../__fixtures__/rawExposure';
import { rawPod, SERVING } from '../__fixtures__/rawPod';
import { WatchedKind } from '../objects/KoalaObject';
import { ProjectionError } from './ProjectionError';
import { projectObject } from './projectObject';

const KINDS: WatchedKind[] = [
  'Namespace',
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'ControllerRevision',
  'CronJob',
  'Job',
  'Pod',
  'Service',
  'EndpointSlice',
  'Ingress',
  'PersistentVolumeClaim',
  'ConfigMap',
  'HorizontalPodAutoscaler',
  'PodDisruptionBudget',
];

describe('projectObject', () => {
  it.each(KINDS)('refuses a %s without a name', kind => {
    const raw = { metadata: { uid: 'u' } };
    expect(() => projectObject(kind, raw)).toThrow(ProjectionError);
    expect(() => projectObject(kind, raw)).toThrow('metadata.name');
  });

  it.each(KINDS)('refuses a %s without a uid, and says which', kind => {
    const raw = { metadata: { name: 'cart', namespace: 'shop' } };
    expect(() => projectObject(kind, raw)).toThrow(
      expect.objectContaining({ field: 'metadata.uid' }),
    );
    expect(() => projectObject(kind, raw)).toThrow(`${kind} shop/cart`);
  });

  it.each([undefined, null, 7, 'text', [], {}, { metadata: null }])(
    'refuses %j',
    raw => {
      expect(() => projectObject('Pod', raw)).toThrow(ProjectionError);
    },
  );

  it.each(KINDS)('reads a %s of which only the metadata is there', kind => {
    const raw = { metadata: { name: 'cart', uid: 'u' } };
    expect(projectObject(kind, raw)).toMatchObject({
      kind,
      meta: {
        name: 'cart',
        uid: 'u',
        namespace: '',
        resourceVersion: '',
        createdAt: 0,
        labels: {},
      },
    });
  });

  it.each(KINDS)('reads a %s in which every field is of another type', kind => {
    const wrong = {
      metadata: {
        name: 'cart',
        uid: 'u',
        labels: ['a'],
        annotations: 7,
        creationTimestamp: 12,
        ownerReferences: 'x',
        generation: -1,
      },
      spec: {
        replicas: '3',
        selector: 7,
        template: [],
        containers: {},
        ports: 1,
      },
      status: { conditions: {}, phase: 4, replicas: -2, loadBalancer: [] },
      endpoints: 'none',
    };
    expect(projectObject(kind, wrong).meta.createdAt).toBe(0);
    const nulls = {
      metadata: { ...wrong.metadata, labels: null, ownerReferences: [null] },
      spec: null,
      status: null,
      endpoints: [null],
    };
    expect(projectObject(kind, nulls).meta.name).toBe('cart');
  });

  it('keeps few annotations, and nothing of managedFields', () => {
    const raw = rawDeployment({
      annotations: {
        'kubernetes.io/change-cause': 'release 7',
        'meta.helm.sh/release-name': 'cart',
      },
    });
    const object = projectObject('Deployment', raw);
    expect(object.meta.annotations).toEqual({
      'deployment.kubernetes.io/revision': '7',
      'kubernetes.io/change-cause': 'release 7',
    });
    const text = JSON.stringify(object);
    expect(text).not.toContain('managedFields');
    expect(text).not.toContain('last-applied');
    expect(text).not.toContain('fieldsV1');
  });

  it('shortens a huge annotation, its start and its end kept', () => {
    const cause = `begin ${'x'.repeat(250_000)} end`;
    const { meta } = projectObject(
      'Deployment',
      rawDeployment({ annotations: { 'kubernetes.io/change-cause': cause } }),
    );
    const kept = meta.annotations['kubernetes.io/change-cause'];
    expect(kept.length).toBeLessThan(1100);
    expect(kept).toMatch(/^begin x+ … x+ end$/);
  });

  it('keeps keys such as __proto__ and constructor as keys', () => {
    const raw = JSON.parse(
      `{"metadata":{"name":"n","uid":"u","labels":{"__proto__":"evil","constructor":"c","app":"cart"}},"__proto__":{"spec":{"paused":true}}}`,
    );
    const { meta, paused } = projectObject('Deployment', raw);
    expect(Object.keys(meta.labels)).toEqual([
      '__proto__',
      'constructor',
      'app',
    ]);
    expect(meta.labels.app).toBe('cart');
    expect(meta.labels.toString).toBeUndefined();
    expect(paused).toBe(false);
    expect(({} as Record<string, unknown>).evil).toBeUndefined();
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  it('leaves out labels that are no text', () => {
    const { meta } = projectObject('Namespace', {
      metadata: { name: 'n', uid: 'u', labels: { a: 1, b: null, c: 'x' } },
    });
    expect({ ...meta.labels }).toEqual({ c: 'x' });
  });

  it('takes the owner that controls', () => {
    const { meta } = projectObject(
      'ReplicaSet',
      rawReplicaSet({
        metadata: {
          name: 'rs',
          uid: 'u',
          ownerReferences: [
            { kind: 'Tenant', name: 't', uid: 't1' },
            { kind: 'Deployment', name: 'cart', uid: 'd1', controller: true },
          ],
        },
      }),
    );
    expect(meta.controller).toEqual({
      kind: 'Deployment',
      name: 'cart',
      uid: 'd1',
    });
  });

  it.each(['0', '-1', '1.5', 'seven', '', '12345678901234567890'])(
    'does not read %j as a revision',
    revision => {
      const raw = rawDeployment({
        annotations: { 'deployment.kubernetes.io/revision': revision },
      });
      expect(projectObject('Deployment', raw).revision).toBeUndefined();
    },
  );

  it('reads a Deployment', () => {
    expect(projectObject('Deployment', rawDeployment())).toMatchObject({
      replicas: 3,
      paused: false,
      progressDeadlineSeconds: 600,
      revision: 7,
      observedGeneration: 12,
      currentReplicas: 3,
      updatedReplicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      selector: {
        matchLabels: { 'app.kubernetes.io/name': 'checkout' },
        matchExpressions: [],
      },
      template: {
        containers: [
          {
            name: 'app',
            image: 'registry.example.com/shop/checkout:1.4.2',
            role: 'main',
          },
        ],
      },
      conditions: [
        { type: 'Available', status: 'True', transitionedAt: at(0) },
        { type: 'Progressing', status: 'True' },
      ],
    });
  });

  it('reads a selector with an operator it does not know as one that matches nothing', () => {
    const raw = rawDeployment({
      spec: {
        selector: {
          matchExpressions: [{ key: 'a', operator: 'Near', values: ['b'] }],
        },
      },
    });
    expect(projectObject('Deployment', raw).selector.matchExpressions).toEqual([
      { key: 'a', operator: 'In', values: [] },
    ]);
  });

  it.each([
    [{ metadata: { name: 'n', uid: 'u' }, status: { phase: 'Active' } }, false],
    [
      { metadata: { name: 'n', uid: 'u' }, status: { phase: 'Terminating' } },
      true,
    ],
    [{ metadata: { name: 'n', uid: 'u', deletionTimestamp: iso(0) } }, true],
  ])('reads whether a Namespace is terminating', (raw, terminating) => {
    expect(projectObject('Namespace', raw).terminating).toBe(terminating);
  });

  it.each([
    [{}, 'ClusterIP'],
    [{ clusterIP: 'None' }, 'Headless'],
    [{ type: 'NodePort' }, 'NodePort'],
    [{ type: 'LoadBalancer' }, 'LoadBalancer'],
    [{ type: 'ExternalName' }, 'ExternalName'],
    [{ type: 'Teleport' }, 'ClusterIP'],
  ])('reads the type of an exposure: %j', (spec, type) => {
    expect(projectObject('Service', rawService({ spec })).type).toBe(type);
  });

  it('reads an exposure', () => {
    const raw = rawService({
      spec: {
        ports: [
          { port: 80, targetPort: 'http', nodePort: 30080 },
          { name: 'grpc', port: 90, targetPort: 9090, protocol: 'UDP' },
        ],
      },
      status: {
        loadBalancer: { ingress: [{ ip: '1.2.3.4' }, { hostname: 'h' }, {}] },
      },
    });
    expect(projectObject('Service', raw)).toMatchObject({
      selector: { 'app.kubernetes.io/name': 'checkout' },
      ports: [
        { protocol: 'TCP', port: 80, targetPort: 'http', nodePort: 30080 },
        { name: 'grpc', protocol: 'UDP', port: 90, targetPort: '9090' },
      ],
      addresses: ['1.2.3.4', 'h'],
    });
  });

  it('counts endpoints: those on their way out are neither ready nor not ready', () => {
    const raw = rawEndpointSlice({ ready: 2, notReady: 1, terminating: 4 });
    expect(projectObject('EndpointSlice', raw)).toMatchObject({
      exposure: 'checkout',
      addressType: 'IPv4',
      ready: 2,
      notReady: 1,
    });
  });

  it('takes an endpoint that does not say whether it is ready for ready', () => {
    const raw = {
      ...rawEndpointSlice(),
      endpoints: [{ addresses: ['1.1.1.1'] }],
    };
    expect(projectObject('EndpointSlice', raw).ready).toBe(1);
  });

  it('shares equal parts between objects, where texts are shared', () => {
    const texts = new Map<string, string>();
    const intern = (text: string) => {
      const known = texts.get(text) ?? text;
      texts.set(text, known);
      return known;
    };
    const first = projectObject('Pod', rawPod({ name: 'a' }), { intern });
    const second = projectObject('Pod', rawPod({ name: 'b' }), { intern });
    expect(second.meta.labels).toBe(first.meta.labels);
    expect(second.meta.controller).toBe(first.meta.controller);
    expect(second.meta.annotations).toBe(first.meta.annotations);

    const deployment = projectObject('Deployment', rawDeployment(), { intern });
    const replicaSet = projectObject('ReplicaSet', rawReplicaSet(), { intern });
    expect(replicaSet.template.containers).toBe(deployment.template.containers);

    const other = projectObject('Pod', rawPod({ labels: { x: '1' } }), {
      intern,
    });
    expect(other.meta.labels).not.toBe(first.meta.labels);
    const apart = projectObject('Pod', rawPod({ name: 'a' }));
    expect(apart.meta.labels).not.toBe(first.meta.labels);
    expect(apart).toEqual(first);
  });

  it('does not let one object change what another shares', () => {
    const intern = (text: string) => text;
    const pod = projectObject('Pod', rawPod(), { intern });
    expect(() => {
      (pod.meta.labels as Record<string, string>).app = 'other';
    }).toThrow(TypeError);
  });

  it('keeps of a pod only the conditions that tell something', () => {
    const pod = projectObject('Pod', rawPod({ containers: [SERVING] }));
    expect(pod.conditions.map(({ type }) => type)).toEqual([
      'Ready',
      'ContainersReady',
    ]);
    const ready = projectObject('Pod', rawPod());
    expect(ready.conditions.map(({ type }) => type)).toEqual(['Ready']);
  });
});
