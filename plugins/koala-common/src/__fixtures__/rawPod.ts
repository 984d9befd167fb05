import { iso } from './clock';

export const IMAGE = 'registry.example.com/shop/checkout:1.4.9';
export const DIGEST =
  'sha256:9e1f0c2b7a5d4e3f8b6c1a0d9e8f7c6b5a4d3e2f1c0b9a8d7e6f5c4b3a2d1e0f';

/** A container of a pod with the status that the kubelet reports for it. */
export interface RawContainer {
  name?: string;
  image?: string;
  imageID?: string;
  ready?: boolean;
  started?: boolean;
  restarts?: number;
  state?: unknown;
  lastState?: unknown;
  /** Of the spec, for init containers: `Always` makes a sidecar. */
  restartPolicy?: string;
  /** The kubelet has not reported anything about it yet. */
  silent?: boolean;
}

export interface RawPodOptions {
  name?: string;
  namespace?: string;
  hash?: string;
  owner?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  createdAt?: number;
  metadata?: Record<string, unknown>;
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
  phase?: string;
  /** Whether the pod is ready, and since when, in seconds after the start. */
  ready?: boolean;
  readySince?: number;
  conditions?: unknown[];
  containers?: RawContainer[];
  inits?: RawContainer[];
}

export function waiting(reason: string, message?: string) {
  return { waiting: { reason, message } };
}

export function running(startedAt = 0) {
  return { running: { startedAt: iso(startedAt) } };
}

export function terminated(
  exitCode: number,
  times: {
    from?: number;
    to?: number;
    reason?: string;
    message?: string;
  } = {},
) {
  const reason = times.reason ?? (exitCode === 0 ? 'Completed' : 'Error');
  return {
    terminated: {
      exitCode,
      reason,
      message: times.message,
      startedAt: iso(times.from ?? 0),
      finishedAt: iso(times.to ?? 1),
      containerID: 'containerd://1f',
    },
  };
}

export function podCondition(
  type: string,
  status: string,
  since = 0,
  more: { reason?: string; message?: string } = {},
) {
  return {
    type,
    status,
    lastProbeTime: null,
    lastTransitionTime: iso(since),
    ...more,
  };
}

function rawSpec(container: RawContainer) {
  const { name = 'app', image = IMAGE, restartPolicy } = container;
  return { name, image, restartPolicy, resources: {} };
}

function rawStatus(container: RawContainer) {
  const {
    name = 'app',
    image = IMAGE,
    ready = false,
    restarts = 0,
  } = container;
  return {
    name,
    image,
    imageID: container.imageID ?? '',
    ready,
    started: container.started,
    restartCount: restarts,
    state: container.state ?? {},
    lastState: container.lastState ?? {},
  };
}

/** A container that runs and is ready. */
export const SERVING: RawContainer = {
  ready: true,
  started: true,
  state: running(1),
  imageID: `registry.example.com/shop/checkout@${DIGEST}`,
};

/**
 * A pod as the API server sends it, created at the start. Without options it runs and is ready; with
 * containers of its own it is not ready unless told.
 */
export function rawPod(options: RawPodOptions = {}) {
  const {
    name = 'checkout-hash7-x2k4p',
    namespace = 'shop-prod',
    hash = 'hash7',
    owner = 'checkout',
    createdAt = 0,
    containers = [SERVING],
    inits = [],
    ready = options.containers === undefined && options.phase === undefined,
    phase = 'Running',
    readySince = createdAt,
  } = options;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace,
      uid: `uid-${name}`,
      resourceVersion: '4713',
      creationTimestamp: iso(createdAt),
      labels: {
        'app.kubernetes.io/name': owner,
        'pod-template-hash': hash,
        ...options.labels,
      },
      annotations: options.annotations,
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: `${owner}-${hash}`,
          uid: `uid-${owner}-${hash}`,
          controller: true,
        },
      ],
      ...options.metadata,
    },
    spec: {
      nodeName: 'node-a',
      restartPolicy: 'Always',
      containers: containers.map(rawSpec),
      initContainers: inits.length > 0 ? inits.map(rawSpec) : undefined,
      ...options.spec,
    },
    status: {
      phase,
      startTime: iso(createdAt),
      conditions: options.conditions ?? [
        podCondition('PodReadyToStartContainers', 'True', createdAt),
        podCondition('Initialized', 'True', createdAt),
        podCondition('Ready', ready ? 'True' : 'False', readySince, {
          reason: ready ? undefined : 'ContainersNotReady',
        }),
        podCondition('ContainersReady', ready ? 'True' : 'False', readySince),
        podCondition('PodScheduled', 'True', createdAt),
      ],
      containerStatuses: containers
        .filter(({ silent }) => !silent)
        .map(rawStatus),
      initContainerStatuses:
        inits.length > 0
          ? inits.filter(({ silent }) => !silent).map(rawStatus)
          : undefined,
      ...options.status,
    },
  };
}

/** A pod whose only container waits with a reason. */
export function waitingPod(
  reason: string,
  message?: string,
  options: RawPodOptions = {},
) {
  return rawPod({
    phase: 'Pending',
    ...options,
    containers: [{ state: waiting(reason, message) }],
  });
}
