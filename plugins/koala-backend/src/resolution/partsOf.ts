import {
  AutoscalerObject,
  JobObject,
  PodObject,
  VolumeObject,
  WorkloadObject,
  WorkloadParts,
} from '@koala-ops/backstage-plugin-koala-common';
import { InventoryReader } from '../inventory/InventoryReader';

/** Everything that belongs to a workload and that a verdict on it may depend on. */
export function partsOf(options: {
  cluster: string;
  workload: WorkloadObject;
  inventory: InventoryReader;
}): WorkloadParts {
  const { cluster, workload, inventory } = options;
  const owned = ownedParts(options);
  const { namespace } = workload.meta;
  return {
    ...owned,
    autoscaler:
      'replicas' in workload && workload.replicas === 0
        ? autoscalerOf(options)
        : undefined,
    claimOf:
      owned.pods.some(({ node, claims }) => !node && claims.length > 0) &&
      inventory.kindState(cluster, 'PersistentVolumeClaim', namespace).synced
        ? claimLookup({ cluster, namespace, inventory })
        : undefined,
  };
}

function ownedParts(options: {
  cluster: string;
  workload: WorkloadObject;
  inventory: InventoryReader;
}): WorkloadParts {
  const { cluster, workload, inventory } = options;
  const { uid } = workload.meta;
  const podsOf = (owner: string): PodObject[] => [
    ...inventory.ownedBy(cluster, 'Pod', owner),
  ];
  switch (workload.kind) {
    case 'Deployment': {
      const replicaSets = [...inventory.ownedBy(cluster, 'ReplicaSet', uid)];
      const pods = replicaSets.flatMap(({ meta }) => podsOf(meta.uid));
      return { replicaSets, pods };
    }
    case 'CronJob': {
      const jobs: JobObject[] = [...inventory.ownedBy(cluster, 'Job', uid)];
      const pods = jobs.flatMap(({ meta }) => podsOf(meta.uid));
      return { jobs, pods };
    }
    case 'Job':
      return { pods: podsOf(uid) };
    default: {
      const revisions = inventory.ownedBy(cluster, 'ControllerRevision', uid);
      return { revisions: [...revisions], pods: podsOf(uid) };
    }
  }
}

/** The autoscaler of a workload; only Deployments and StatefulSets are scaled. */
export function autoscalerOf(options: {
  cluster: string;
  workload: WorkloadObject;
  inventory: InventoryReader;
}): AutoscalerObject | undefined {
  const { cluster, workload, inventory } = options;
  if (!('replicas' in workload)) return undefined;
  const { namespace, name } = workload.meta;
  for (const autoscaler of inventory.list(
    cluster,
    'HorizontalPodAutoscaler',
    namespace,
  )) {
    const { target } = autoscaler;
    if (target.name === name && target.kind === workload.kind) {
      return autoscaler;
    }
  }
  return undefined;
}

function claimLookup(options: {
  cluster: string;
  namespace: string;
  inventory: InventoryReader;
}): (name: string) => VolumeObject | undefined {
  const { cluster, namespace, inventory } = options;
  return name => {
    for (const volume of inventory.list(
      cluster,
      'PersistentVolumeClaim',
      namespace,
    )) {
      if (volume.meta.name === name) return volume;
    }
    return undefined;
  };
}
