import { createHash } from 'node:crypto';
import { Owner, ownedBy } from './owner';
import { imageOf, podTemplate, RESOURCES } from './podTemplate';
import { accountMount, accountVolume } from './accountVolume';
import { BenchService } from './serviceNames';
import { REVISIONS, versionOf } from './workloadObjects';

export function pod(options: {
  service: BenchService;
  index: number;
  hash: string;
  owner: Owner;
}) {
  const { service, index, hash, owner } = options;
  const template = podTemplate({
    service,
    version: versionOf(REVISIONS),
    hash,
  });
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...template.metadata,
      name: podName({ service, hash, index }),
      namespace: service.system,
      ownerReferences: [ownedBy(owner)],
    },
    spec: {
      ...template.spec,
      containers: template.spec.containers.map(container => ({
        ...container,
        volumeMounts: [accountMount],
      })),
      volumes: [accountVolume],
      serviceAccountName: 'default',
      // Bound already: there is no scheduler.
      nodeName: `node-${index}`,
    },
  };
}

export function podName(options: {
  service: BenchService;
  hash: string;
  index: number;
}): string {
  return `${options.service.name}-${options.hash}-${'abcdefghijkl'.slice(
    options.index,
    options.index + 5,
  )}`;
}

/** A pod that runs and is ready since `time`. */
export function podStatus(options: {
  service: BenchService;
  time: string;
  address: string;
}) {
  const { service, time, address } = options;
  const version = versionOf(REVISIONS);
  const image = imageOf({ service, version });
  const digest = createHash('sha256').update(image).digest('hex');
  return {
    observedGeneration: 1,
    phase: 'Running',
    qosClass: 'Burstable',
    hostIP: '10.0.0.1',
    hostIPs: [{ ip: '10.0.0.1' }],
    podIP: address,
    podIPs: [{ ip: address }],
    startTime: time,
    conditions: [
      'PodReadyToStartContainers',
      'Initialized',
      'Ready',
      'ContainersReady',
      'PodScheduled',
    ].map(type => ({
      type,
      status: 'True',
      observedGeneration: 1,
      lastTransitionTime: time,
    })),
    containerStatuses: [
      {
        name: service.name,
        image,
        imageID: `${image.split(':')[0]}@sha256:${digest}`,
        containerID: `containerd://${digest}`,
        ready: true,
        started: true,
        restartCount: 0,
        state: { running: { startedAt: time } },
        allocatedResources: RESOURCES.requests,
        resources: RESOURCES,
        user: { linux: { uid: 1000, gid: 1000, supplementalGroups: [1000] } },
        volumeMounts: [{ ...accountMount, recursiveReadOnly: 'Disabled' }],
      },
    ],
  };
}
