import { CREATED } from './rawObjects';

interface RawOptions {
  name: string;
  namespace?: string;
  /** Of the pod template, and of the object unless told otherwise. */
  labels?: Record<string, string>;
  owner?: { kind: string; uid: string };
  metadata?: object;
  spec?: object;
  podSpec?: object;
  status?: object;
  createdAt?: string;
}

/** An object of any kind; its uid is `<kind>/<name>`. */
export function rawObject(kind: string, options: RawOptions): any {
  const { name, namespace = 'shop', labels = { app: name }, owner } = options;
  return {
    kind,
    metadata: {
      name,
      namespace,
      uid: `${kind}/${name}`,
      resourceVersion: '1',
      generation: 1,
      creationTimestamp: options.createdAt ?? CREATED,
      labels,
      ...(owner && {
        ownerReferences: [{ ...owner, name: owner.uid, controller: true }],
      }),
      ...options.metadata,
    },
    spec: options.spec,
    status: options.status,
  };
}

function templateOf({ name, labels = { app: name }, podSpec }: RawOptions) {
  return {
    metadata: { labels },
    spec: {
      containers: [
        { name: 'main', image: `registry.example.com/${name}:1.0.0` },
      ],
      ...podSpec,
    },
  };
}

/** A pod of a workload, ready unless told otherwise. */
export function rawPodOf(
  owner: any,
  options: Partial<RawOptions> & { ready?: boolean; claims?: string[] } = {},
): any {
  const {
    ready = true,
    claims = [],
    name = `${owner.metadata.name}-0`,
  } = options;
  const { template } = owner.spec.jobTemplate?.spec ?? owner.spec;
  return rawObject('Pod', {
    ...options,
    name,
    namespace: owner.metadata.namespace,
    labels: { ...template.metadata.labels, ...options.labels },
    owner: { kind: owner.kind, uid: owner.metadata.uid },
    spec: {
      ...template.spec,
      volumes: claims.map(claimName => ({
        name: claimName,
        persistentVolumeClaim: { claimName },
      })),
      nodeName: 'node-1',
      ...options.spec,
    },
    status: {
      phase: 'Running',
      startTime: CREATED,
      conditions: [
        {
          type: 'Ready',
          status: ready ? 'True' : 'False',
          lastTransitionTime: CREATED,
        },
      ],
      containerStatuses: [
        { name: 'main', ready, started: true, state: { running: {} } },
      ],
      ...options.status,
    },
  });
}

/** A StatefulSet of one pod that has rolled out. */
export function rawStatefulSet(options: RawOptions): any {
  return rawObject('StatefulSet', {
    ...options,
    spec: { replicas: 1, template: templateOf(options), ...options.spec },
    status: {
      observedGeneration: 1,
      replicas: 1,
      readyReplicas: 1,
      updatedReplicas: 1,
      updateRevision: `${options.name}-a`,
      currentRevision: `${options.name}-a`,
      ...options.status,
    },
  });
}

/** A DaemonSet on one node that has rolled out. */
export function rawDaemonSet(options: RawOptions): any {
  return rawObject('DaemonSet', {
    ...options,
    spec: { template: templateOf(options), ...options.spec },
    status: {
      observedGeneration: 1,
      desiredNumberScheduled: 1,
      updatedNumberScheduled: 1,
      numberReady: 1,
      numberAvailable: 1,
      ...options.status,
    },
  });
}

export function rawCronJob(options: RawOptions): any {
  return rawObject('CronJob', {
    ...options,
    spec: {
      schedule: '*/10 * * * *',
      jobTemplate: { spec: { template: templateOf(options) } },
      ...options.spec,
    },
  });
}

/** A Job that has ended in one way or the other, or that runs. */
export function rawJob(
  options: RawOptions & { ended?: 'Complete' | 'Failed' },
): any {
  const { ended } = options;
  return rawObject('Job', {
    ...options,
    spec: { template: templateOf(options), ...options.spec },
    status: ended
      ? {
          startTime: CREATED,
          [ended === 'Failed' ? 'failed' : 'succeeded']: 1,
          ...(ended === 'Complete' && { completionTime: CREATED }),
          conditions: [
            {
              type: ended,
              status: 'True',
              reason: ended === 'Failed' ? 'BackoffLimitExceeded' : undefined,
              lastTransitionTime: CREATED,
            },
          ],
        }
      : { startTime: CREATED, active: 1 },
  });
}
