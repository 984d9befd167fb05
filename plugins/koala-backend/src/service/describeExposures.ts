import {
  countEndpoints,
  ExposureDetail,
  ExposureObject,
  judgeExposure,
  WorkloadObject,
} from '@koala-ops/backstage-plugin-koala-common';
import { InventoryReader } from '../inventory/InventoryReader';

/** The exposures whose selector reaches the pods of a workload, each once, by name. */
export function describeExposures(options: {
  cluster: string;
  workloads: readonly WorkloadObject[];
  inventory: InventoryReader;
  now: number;
}): ExposureDetail[] {
  const { cluster, workloads, inventory, now } = options;
  const namespaces = new Set(workloads.map(({ meta }) => meta.namespace));
  return [...namespaces]
    .flatMap(namespace => [...inventory.list(cluster, 'Service', namespace)])
    .flatMap(exposure => {
      const behind = workloads.filter(
        ({ meta, template }) =>
          meta.namespace === exposure.meta.namespace &&
          selects(exposure, template.labels),
      );
      if (behind.length === 0) return [];
      const idle = behind.every(isIdle);
      return [describe({ cluster, exposure, idle, inventory, now })];
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function describe(options: {
  cluster: string;
  exposure: ExposureObject;
  /** Its workloads are scaled to zero. */
  idle: boolean;
  inventory: InventoryReader;
  now: number;
}): ExposureDetail {
  const { cluster, exposure, idle, inventory, now } = options;
  const { meta, type, ports, addresses } = exposure;
  const slices = [
    ...inventory.list(cluster, 'EndpointSlice', meta.namespace),
  ].filter(slice => slice.exposure === meta.name);
  const { status, reasons } = judgeExposure({ exposure, slices, idle, now });
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
    selected,
    createdAt: meta.createdAt,
  };
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
