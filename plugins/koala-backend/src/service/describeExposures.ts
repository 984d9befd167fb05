import {
  DeploymentObject,
  ExposureDetail,
  ExposureObject,
  judgeExposure,
} from '@koala-ops/backstage-plugin-koala-common';
import { InventoryReader } from '../inventory/InventoryReader';

/** The exposures whose selector reaches the pods of a workload, each once, by name. */
export function describeExposures(options: {
  cluster: string;
  workloads: readonly DeploymentObject[];
  inventory: InventoryReader;
  now: number;
}): ExposureDetail[] {
  const { cluster, workloads, inventory, now } = options;
  const namespaces = new Set(workloads.map(({ meta }) => meta.namespace));
  return [...namespaces]
    .flatMap(namespace => {
      const inside = workloads.filter(
        ({ meta }) => meta.namespace === namespace,
      );
      return [...inventory.list(cluster, 'Service', namespace)].filter(
        exposure =>
          inside.some(({ template }) => selects(exposure, template.labels)),
      );
    })
    .map(exposure => describe({ cluster, exposure, inventory, now }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function describe(options: {
  cluster: string;
  exposure: ExposureObject;
  inventory: InventoryReader;
  now: number;
}): ExposureDetail {
  const { cluster, exposure, inventory, now } = options;
  const { meta, type, ports, addresses } = exposure;
  const slices = [
    ...inventory.list(cluster, 'EndpointSlice', meta.namespace),
  ].filter(slice => slice.exposure === meta.name);
  const { status, reasons } = judgeExposure({ exposure, slices, now });
  const ready = slices.reduce((sum, slice) => sum + slice.ready, 0);
  return {
    name: meta.name,
    namespace: meta.namespace,
    type,
    ports: [...ports],
    addresses: [...addresses],
    status,
    reason: reasons[0],
    ready,
    selected: ready + slices.reduce((sum, slice) => sum + slice.notReady, 0),
    createdAt: meta.createdAt,
  };
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
