import {
  countEndpoints,
  ExposureDetail,
  ExposureObject,
  judgeExposure,
  PodObject,
  WorkloadObject,
} from '@koala-ops/backstage-plugin-koala-common';
import { InventoryReader } from '../inventory/InventoryReader';
import { partsOf } from '../resolution/partsOf';

/** The exposures whose selector reaches the pods of a workload, each once, by name. */
export function describeExposures(options: {
  cluster: string;
  workloads: readonly WorkloadObject[];
  inventory: InventoryReader;
  now: number;
}): ExposureDetail[] {
  const { cluster, workloads, inventory, now } = options;
  const namespaces = new Set(workloads.map(({ meta }) => meta.namespace));
  const own = workloads.map(
    (workload): OwnPods => ({
      workload,
      pods: partsOf({ cluster, workload, inventory }).pods.filter(isAlive),
    }),
  );
  return [...namespaces]
    .flatMap(namespace => [...inventory.list(cluster, 'Service', namespace)])
    .flatMap(exposure => {
      // One of a StatefulSet's pods may be exposed alone, by a label that its template has not.
      const behind = own.filter(
        ({ workload: { meta, template }, pods }) =>
          meta.namespace === exposure.meta.namespace &&
          (selects(exposure, template.labels) ||
            pods.some(pod => selects(exposure, pod.meta.labels))),
      );
      return behind.length > 0
        ? [describe({ cluster, exposure, behind, inventory, now })]
        : [];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A workload with those of its pods that are neither on their way out nor at their end. */
interface OwnPods {
  workload: WorkloadObject;
  pods: PodObject[];
}

function describe(options: {
  cluster: string;
  exposure: ExposureObject;
  behind: readonly OwnPods[];
  inventory: InventoryReader;
  now: number;
}): ExposureDetail {
  const { cluster, exposure, behind, inventory, now } = options;
  const { meta, type, ports, addresses } = exposure;
  const slices = [
    ...inventory.list(cluster, 'EndpointSlice', meta.namespace),
  ].filter(slice => slice.exposure === meta.name);
  const pods = behind
    .flatMap(one => one.pods)
    .filter(pod => selects(exposure, pod.meta.labels)).length;
  const { status, reasons } = judgeExposure({
    exposure,
    slices,
    pods,
    idle: behind.every(({ workload }) => isIdle(workload)),
    now,
  });
  const { ready, selected } = countEndpoints(slices);
  return {
    name: meta.name,
    namespace: meta.namespace,
    type,
    ports: [...ports],
    addresses: [...addresses],
    status,
    reason: reasons[0],
    ready,
    selected: Math.max(selected, pods),
    createdAt: meta.createdAt,
  };
}

function isAlive({ meta, phase }: PodObject): boolean {
  return (
    meta.deletedAt === undefined && phase !== 'Succeeded' && phase !== 'Failed'
  );
}

/** It has no pods as it should: it is scaled to zero, selects no node, or is between two runs. */
function isIdle(workload: WorkloadObject): boolean {
  switch (workload.kind) {
    case 'DaemonSet':
      return workload.desiredReplicas === 0;
    case 'Job':
    case 'CronJob':
      return workload.active === 0;
    default:
      return workload.replicas === 0;
  }
}

function selects(
  { selector }: ExposureObject,
  labels: Readonly<Record<string, string>>,
): boolean {
  const entries = Object.entries(selector);
  return (
    entries.length > 0 && entries.every(([key, value]) => labels[key] === value)
  );
}
