/** When the objects of these tests were made, as Kubernetes writes it and in milliseconds. */
export const CREATED = '2026-01-01T00:00:00Z';
export const CREATED_MS = Date.parse(CREATED);

export interface RawDeploymentOptions {
  name: string;
  namespace: string;
  version?: string;
  replicas?: number;
  ready?: number;
  labels?: Record<string, string>;
}

/** A Deployment that has rolled out, with its ReplicaSet and its pods, as the API server answers them. */
export function rawDeployment(options: RawDeploymentOptions): any[] {
  const {
    name,
    namespace,
    version = '1.0.0',
    replicas = 1,
    ready = replicas,
    labels = { app: name },
  } = options;
  const uid = `${namespace}/${name}`;
  const image = `registry.example.com/${name}:${version}`;
  const template = {
    metadata: { labels },
    spec: { containers: [{ name: 'main', image }] },
  };
  const metadata = (more: object) => ({
    namespace,
    labels,
    creationTimestamp: CREATED,
    resourceVersion: '1',
    generation: 1,
    annotations: { 'deployment.kubernetes.io/revision': '1' },
    ...more,
  });
  const controlledBy = (kind: string, owner: string) => [
    { apiVersion: 'apps/v1', kind, name: owner, uid: owner, controller: true },
  ];
  const status = {
    observedGeneration: 1,
    replicas,
    updatedReplicas: replicas,
    readyReplicas: ready,
    availableReplicas: ready,
  };
  const condition = (type: string, state: string, reason: string) => ({
    type,
    status: state,
    reason,
    lastUpdateTime: CREATED,
    lastTransitionTime: CREATED,
  });
  const isReady = (index: number) => index < ready;
  return [
    {
      kind: 'Deployment',
      metadata: metadata({ name, uid }),
      spec: { replicas, selector: { matchLabels: labels }, template },
      status: {
        ...status,
        conditions: [
          condition('Progressing', 'True', 'NewReplicaSetAvailable'),
          condition(
            'Available',
            ready === replicas ? 'True' : 'False',
            'MinimumReplicasAvailable',
          ),
        ],
      },
    },
    {
      kind: 'ReplicaSet',
      metadata: metadata({
        name: `${name}-rs`,
        uid: `${uid}-rs`,
        ownerReferences: controlledBy('Deployment', uid),
      }),
      spec: { replicas, selector: { matchLabels: labels }, template },
      status,
    },
    ...Array.from({ length: replicas }, (_, index) => ({
      kind: 'Pod',
      metadata: metadata({
        name: `${name}-${index}`,
        uid: `${uid}-${index}`,
        ownerReferences: controlledBy('ReplicaSet', `${uid}-rs`),
      }),
      spec: template.spec,
      status: {
        phase: 'Running',
        startTime: CREATED,
        conditions: [
          condition('Ready', isReady(index) ? 'True' : 'False', ''),
          condition('PodScheduled', 'True', ''),
        ],
        containerStatuses: [
          {
            name: 'main',
            image,
            imageID: `registry.example.com/${name}@sha256:${'ab'.repeat(32)}`,
            ready: isReady(index),
            started: true,
            restartCount: 0,
            state: { running: { startedAt: CREATED } },
          },
        ],
      },
    })),
  ];
}
