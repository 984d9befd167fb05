import {
  judgeVolume,
  volumeAccessOf,
  VolumeDetail,
  VolumeMount,
  VolumeObject,
  WORKLOAD_KINDS,
  WorkloadObject,
} from '@koala-ops/backstage-plugin-koala-common';
import { InventoryReader } from '../inventory/InventoryReader';
import { partsOf } from '../resolution/partsOf';

/** Entity references of the services that run a workload, as far as the reader may see them. */
export type ClaimantLookup = (workload: WorkloadObject) => string[];

/** The claims that the workloads of a service mount, each once, by name. */
export function describeVolumes(options: {
  cluster: string;
  workloads: readonly WorkloadObject[];
  inventory: InventoryReader;
  claimantsOf: ClaimantLookup;
  now: number;
}): VolumeDetail[] {
  const { cluster, workloads, inventory } = options;
  return [...new Set(workloads.map(({ meta }) => meta.namespace))]
    .sort()
    .flatMap(namespace => {
      const own = workloads.filter(({ meta }) => meta.namespace === namespace);
      const mounts = mountsOf({ cluster, workloads: own, inventory });
      if (mounts.size === 0) return [];
      const { synced } = inventory.kindState(
        cluster,
        'PersistentVolumeClaim',
        namespace,
      );
      if (!synced) return [];
      const volumes = new Map<string, VolumeObject>();
      for (const volume of inventory.list(
        cluster,
        'PersistentVolumeClaim',
        namespace,
      )) {
        volumes.set(volume.meta.name, volume);
      }
      return [...mounts]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, mounting]) =>
          describe({
            ...options,
            namespace,
            name,
            volume: volumes.get(name),
            mounting,
          }),
        );
    });
}

/** Names of the claims that workloads mount, with who does. */
function mountsOf(options: {
  cluster: string;
  workloads: readonly WorkloadObject[];
  inventory: InventoryReader;
}): Map<string, WorkloadObject[]> {
  const { cluster, workloads, inventory } = options;
  const mounts = new Map<string, WorkloadObject[]>();
  for (const workload of workloads) {
    const { pods } = partsOf({ cluster, workload, inventory });
    const names = new Set([
      ...workload.template.claims,
      ...pods
        .filter(({ phase }) => phase !== 'Succeeded' && phase !== 'Failed')
        .flatMap(({ claims }) => claims),
    ]);
    for (const name of names) {
      mounts.set(name, [...(mounts.get(name) ?? []), workload]);
    }
  }
  return mounts;
}

function describe(options: {
  cluster: string;
  namespace: string;
  name: string;
  volume?: VolumeObject;
  /** Of the service. */
  mounting: readonly WorkloadObject[];
  inventory: InventoryReader;
  claimantsOf: ClaimantLookup;
  now: number;
}): VolumeDetail {
  const { cluster, namespace, name, volume, mounting, inventory, now } =
    options;
  const mountedBy: VolumeMount[] = mounting.map(referenceTo);
  let alsoMounted = 0;
  for (const workload of othersMounting(options)) {
    const [service] = options.claimantsOf(workload);
    if (service) mountedBy.push({ ...referenceTo(workload), service });
    else alsoMounted += 1;
  }
  const shared = {
    name,
    namespace,
    mountedBy,
    alsoMounted: alsoMounted || undefined,
  };
  if (!volume) {
    return {
      ...shared,
      status: 'degraded',
      reason: {
        code: 'VolumeMissing',
        message: `claim \`${name}\` does not exist`,
        nextStep: 'Create the claim, or correct its name in the pod template.',
        object: { kind: 'PersistentVolumeClaim', name, namespace },
      },
      phase: 'Missing',
      accessModes: [],
      createdAt: 0,
    };
  }
  const mounted = mounting.some(workload =>
    partsOf({ cluster, workload, inventory }).pods.some(({ claims }) =>
      claims.includes(name),
    ),
  );
  const { status, reasons } = judgeVolume({ volume, mounted, now });
  return {
    ...shared,
    status,
    reason: reasons[0],
    phase: volume.phase,
    className: volume.className,
    access: volumeAccessOf(volume),
    accessModes: [...volume.accessModes],
    capacity: volume.capacity,
    requested: volume.requested,
    createdAt: volume.meta.createdAt,
  };
}

/** Workloads of the namespace that mount a claim and are not the service's own. */
function* othersMounting(options: {
  cluster: string;
  namespace: string;
  name: string;
  mounting: readonly WorkloadObject[];
  inventory: InventoryReader;
}): Generator<WorkloadObject> {
  const { cluster, namespace, name, mounting, inventory } = options;
  const own = new Set(mounting.map(({ meta }) => meta.uid));
  for (const kind of WORKLOAD_KINDS) {
    for (const workload of inventory.list(cluster, kind, namespace)) {
      const { meta, template } = workload;
      const byCronJob = meta.controller?.kind === 'CronJob';
      if (!own.has(meta.uid) && !byCronJob && template.claims.includes(name)) {
        yield workload;
      }
    }
  }
}

function referenceTo({ kind, meta }: WorkloadObject): VolumeMount {
  return { kind, name: meta.name };
}
