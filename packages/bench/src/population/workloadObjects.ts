import { Owner, ownedBy } from './owner';
import { labelsOf, podTemplate, selectorOf } from './podTemplate';
import { BenchService } from './serviceNames';

export const REPLICAS = 2;

/** Rollouts that a service has had, and so its ReplicaSets; only the last one has pods. */
export const REVISIONS = 5;

export function versionOf(revision: number): string {
  return `1.${revision}.0`;
}

const REVISION_ANNOTATION = 'deployment.kubernetes.io/revision';

export function deployment(service: BenchService) {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: service.name,
      namespace: service.system,
      labels: labelsOf(service),
      annotations: { [REVISION_ANNOTATION]: String(REVISIONS) },
    },
    spec: {
      replicas: REPLICAS,
      selector: { matchLabels: selectorOf(service) },
      template: podTemplate({ service, version: versionOf(REVISIONS) }),
    },
  };
}

export function deploymentStatus(options: {
  time: string;
  /** Name of the newest one. */
  newest: string;
}) {
  const { time, newest } = options;
  return {
    observedGeneration: 1,
    replicas: REPLICAS,
    updatedReplicas: REPLICAS,
    readyReplicas: REPLICAS,
    availableReplicas: REPLICAS,
    conditions: [
      {
        type: 'Available',
        status: 'True',
        reason: 'MinimumReplicasAvailable',
        message: 'Deployment has minimum availability.',
        lastTransitionTime: time,
        lastUpdateTime: time,
      },
      {
        type: 'Progressing',
        status: 'True',
        reason: 'NewReplicaSetAvailable',
        message: `ReplicaSet "${newest}" has successfully progressed.`,
        lastTransitionTime: time,
        lastUpdateTime: time,
      },
    ],
  };
}

export function replicaSet(options: {
  service: BenchService;
  revision: number;
  hash: string;
  owner: Owner;
}) {
  const { service, revision, hash, owner } = options;
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${service.name}-${hash}`,
      namespace: service.system,
      labels: { ...labelsOf(service), 'pod-template-hash': hash },
      annotations: {
        [REVISION_ANNOTATION]: String(revision),
        'deployment.kubernetes.io/desired-replicas': String(REPLICAS),
        'deployment.kubernetes.io/max-replicas': String(REPLICAS + 1),
      },
      ownerReferences: [ownedBy(owner)],
    },
    spec: {
      replicas: revision === REVISIONS ? REPLICAS : 0,
      selector: {
        matchLabels: { ...selectorOf(service), 'pod-template-hash': hash },
      },
      template: podTemplate({ service, version: versionOf(revision), hash }),
    },
  };
}

export function replicaSetStatus(revision: number) {
  const replicas = revision === REVISIONS ? REPLICAS : 0;
  return {
    observedGeneration: 1,
    replicas,
    fullyLabeledReplicas: replicas,
    readyReplicas: replicas,
    availableReplicas: replicas,
  };
}
