import { iso } from './clock';

export interface RawDeploymentOptions {
  name?: string;
  namespace?: string;
  image?: string;
  labels?: Record<string, string>;
  templateLabels?: Record<string, string>;
  annotations?: Record<string, string>;
  revision?: number;
  generation?: number;
  spec?: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  /** Replaces the status of a complete rollout. */
  status?: Record<string, unknown>;
  replicas?: number;
  conditions?: unknown[];
}

/** Condition as the Deployment controller writes it; times in seconds after the start. */
export function condition(
  type: string,
  status: string,
  reason: string,
  times: { transitioned?: number; updated?: number; message?: string } = {},
) {
  return {
    type,
    status,
    reason,
    message: times.message ?? '',
    lastUpdateTime: iso(times.updated ?? times.transitioned ?? 0),
    lastTransitionTime: iso(times.transitioned ?? 0),
  };
}

export const AVAILABLE = condition(
  'Available',
  'True',
  'MinimumReplicasAvailable',
);
export const UNAVAILABLE = condition(
  'Available',
  'False',
  'MinimumReplicasUnavailable',
);
export const ROLLED_OUT = condition(
  'Progressing',
  'True',
  'NewReplicaSetAvailable',
);
export const ROLLING_OUT = condition(
  'Progressing',
  'True',
  'ReplicaSetUpdated',
);

/** A Deployment as the API server sends it; complete with three replicas unless told otherwise. */
export function rawDeployment(options: RawDeploymentOptions = {}) {
  const {
    name = 'checkout',
    namespace = 'shop-prod',
    image = 'registry.example.com/shop/checkout:1.4.2',
    replicas = 3,
    revision = 7,
    generation = 12,
  } = options;
  const labels = { 'app.kubernetes.io/name': name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace,
      uid: `uid-${name}`,
      resourceVersion: '4711',
      generation,
      creationTimestamp: iso(-86400),
      labels: options.labels ?? labels,
      annotations: {
        'deployment.kubernetes.io/revision': String(revision),
        'kubectl.kubernetes.io/last-applied-configuration': '{"apiVersion":1}',
        ...options.annotations,
      },
      managedFields: [{ manager: 'kubectl', operation: 'Apply', fieldsV1: {} }],
      ...options.metadata,
    },
    spec: {
      replicas,
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
      selector: { matchLabels: labels },
      strategy: { type: 'RollingUpdate' },
      template: {
        metadata: { labels: options.templateLabels ?? labels },
        spec: {
          containers: [{ name: 'app', image, imagePullPolicy: 'IfNotPresent' }],
        },
      },
      ...options.spec,
    },
    status: {
      observedGeneration: generation,
      replicas,
      updatedReplicas: replicas,
      readyReplicas: replicas,
      availableReplicas: replicas,
      conditions: options.conditions ?? [AVAILABLE, ROLLED_OUT],
      ...options.status,
    },
  };
}

/** A ReplicaSet of the Deployment of the same options. */
export function rawReplicaSet(
  options: RawDeploymentOptions & {
    hash?: string;
    createdAt?: number;
    /** Of the Deployment that controls it. */
    owner?: string;
  } = {},
) {
  const {
    name = 'checkout',
    namespace = 'shop-prod',
    image = 'registry.example.com/shop/checkout:1.4.2',
    replicas = 3,
    revision = 7,
    hash = `hash${revision}`,
    createdAt = -60,
    owner = name,
  } = options;
  const labels = {
    'app.kubernetes.io/name': name,
    'pod-template-hash': hash,
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${name}-${hash}`,
      namespace,
      uid: `uid-${name}-${hash}`,
      resourceVersion: '4712',
      generation: 2,
      creationTimestamp: iso(createdAt),
      labels,
      annotations: { 'deployment.kubernetes.io/revision': String(revision) },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: owner,
          uid: `uid-${owner}`,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
      ...options.metadata,
    },
    spec: {
      replicas,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels: { ...labels, ...options.templateLabels } },
        spec: { containers: [{ name: 'app', image }] },
      },
      ...options.spec,
    },
    status: {
      observedGeneration: 2,
      replicas,
      readyReplicas: replicas,
      availableReplicas: replicas,
      ...options.status,
    },
  };
}
