import { iso } from './clock';
import { IMAGE, RawPodOptions, rawPod } from './rawPod';

interface RawOptions {
  name?: string;
  metadata?: Record<string, unknown>;
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
}

function metadata(kind: string, options: RawOptions, createdAt = -86400) {
  const { name = 'ledger' } = options;
  return {
    name,
    namespace: 'shop-prod',
    uid: `uid-${kind}-${name}`,
    resourceVersion: '1',
    generation: 2,
    creationTimestamp: iso(createdAt),
    labels: { 'app.kubernetes.io/name': name },
    ...options.metadata,
  };
}

export function rawTemplate(image = IMAGE) {
  return {
    metadata: { labels: { 'app.kubernetes.io/name': 'ledger' } },
    spec: { containers: [{ name: 'app', image }] },
  };
}

/** Owner reference of the controller of these fixtures. */
export function controlledBy(kind: string, name = 'ledger') {
  return [{ kind, name, uid: `uid-${kind}-${name}`, controller: true }];
}

/** A StatefulSet of three pods that has rolled out, unless told otherwise. */
export function rawStatefulSet(options: RawOptions = {}) {
  return {
    kind: 'StatefulSet',
    metadata: metadata('StatefulSet', options),
    spec: {
      replicas: 3,
      template: rawTemplate(),
      updateStrategy: {
        type: 'RollingUpdate',
        rollingUpdate: { partition: 0 },
      },
      ...options.spec,
    },
    status: {
      observedGeneration: 2,
      replicas: 3,
      readyReplicas: 3,
      availableReplicas: 3,
      updatedReplicas: 3,
      currentRevision: 'ledger-b',
      updateRevision: 'ledger-b',
      ...options.status,
    },
  };
}

/** A DaemonSet on three nodes that has rolled out, unless told otherwise. */
export function rawDaemonSet(options: RawOptions = {}) {
  return {
    kind: 'DaemonSet',
    metadata: metadata('DaemonSet', options),
    spec: {
      template: rawTemplate(),
      updateStrategy: { type: 'RollingUpdate' },
      ...options.spec,
    },
    status: {
      observedGeneration: 2,
      desiredNumberScheduled: 3,
      currentNumberScheduled: 3,
      updatedNumberScheduled: 3,
      numberReady: 3,
      numberAvailable: 3,
      ...options.status,
    },
  };
}

/** A revision of a StatefulSet or a DaemonSet. */
export function rawRevision(options: {
  kind: 'StatefulSet' | 'DaemonSet';
  hash: string;
  revision: number;
  createdAt?: number;
  /** When a rollback took it up again. */
  revisedAt?: number;
  image?: string;
}) {
  const { kind, hash, revision, createdAt = -86400, revisedAt } = options;
  return {
    kind: 'ControllerRevision',
    metadata: {
      name: `ledger-${hash}`,
      namespace: 'shop-prod',
      uid: `uid-${kind}-ledger-${hash}`,
      creationTimestamp: iso(createdAt),
      ownerReferences: controlledBy(kind),
      managedFields: [
        { operation: 'Update', time: iso(revisedAt ?? createdAt) },
      ],
    },
    revision,
    data: { spec: { template: rawTemplate(options.image) } },
  };
}

/** A pod of a StatefulSet (by its ordinal) or a DaemonSet. */
export function rawOwnedPod(
  options: RawPodOptions & {
    kind: 'StatefulSet' | 'DaemonSet';
    ordinal: number;
    revision: string;
  },
) {
  const { kind, ordinal, revision, ...rest } = options;
  const name = `ledger-${ordinal}`;
  return rawPod({
    ...rest,
    name,
    labels: {
      'controller-revision-hash':
        kind === 'StatefulSet' ? `ledger-${revision}` : revision,
    },
    metadata: { ...rest.metadata, ownerReferences: controlledBy(kind) },
  });
}

export function rawJobCondition(type: string, at: number, reason?: string) {
  return {
    type,
    status: 'True',
    reason,
    lastTransitionTime: iso(at),
  };
}

/** A Job, started at the start. */
export function rawJob(options: RawOptions & { createdAt?: number } = {}) {
  const { createdAt = 0 } = options;
  return {
    kind: 'Job',
    metadata: metadata('Job', options, createdAt),
    spec: {
      completions: 1,
      parallelism: 1,
      template: rawTemplate(),
      ...options.spec,
    },
    status: { startTime: iso(createdAt), ...options.status },
  };
}

/** A run of a CronJob that started at a moment and ended a minute later. */
export function rawRun(
  startedAt: number,
  end?: 'Complete' | 'Failed',
  more: RawOptions = {},
) {
  const endedAt = startedAt + 60;
  return rawJob({
    ...more,
    name: `ledger-${startedAt}`,
    createdAt: startedAt,
    metadata: { ownerReferences: controlledBy('CronJob') },
    status: {
      ...(end
        ? {
            [end === 'Complete' ? 'succeeded' : 'failed']: 1,
            ...(end === 'Complete' && { completionTime: iso(endedAt) }),
            conditions: [
              rawJobCondition(
                end,
                endedAt,
                end === 'Failed' ? 'BackoffLimitExceeded' : undefined,
              ),
            ],
          }
        : { active: 1, ready: 1 }),
      startTime: iso(startedAt),
      ...more.status,
    },
  });
}

/** A CronJob that has not run yet. */
export function rawCronJob(options: RawOptions = {}) {
  return {
    kind: 'CronJob',
    metadata: metadata('CronJob', options),
    spec: {
      schedule: '*/10 * * * *',
      jobTemplate: { spec: { template: rawTemplate() } },
      ...options.spec,
    },
    status: options.status,
  };
}

export function rawAutoscaler(options: RawOptions = {}) {
  return {
    kind: 'HorizontalPodAutoscaler',
    metadata: metadata('HorizontalPodAutoscaler', options),
    spec: {
      scaleTargetRef: { kind: 'StatefulSet', name: 'ledger' },
      minReplicas: 1,
      maxReplicas: 5,
      ...options.spec,
    },
    status: options.status,
  };
}

export function rawVolume(options: RawOptions = {}) {
  return {
    kind: 'PersistentVolumeClaim',
    metadata: { ...metadata('PersistentVolumeClaim', options, 0) },
    spec: {
      accessModes: ['ReadWriteOnce'],
      storageClassName: 'fast',
      ...options.spec,
    },
    status: { phase: 'Bound', ...options.status },
  };
}
