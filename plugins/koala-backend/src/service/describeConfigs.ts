import {
  ConfigDetail,
  ConfigMapObject,
  ConfigReference,
  WorkloadObject,
} from '@koala-ops/backstage-plugin-koala-common';
import { InventoryReader } from '../inventory/InventoryReader';

/** What the pods of a workload are configured by, and what of it is not there. */
export function describeConfigs(options: {
  cluster: string;
  workload: WorkloadObject;
  inventory: InventoryReader;
}): ConfigDetail[] {
  const { cluster, workload, inventory } = options;
  const { namespace } = workload.meta;
  const { configs } = workload.template;
  const readable =
    configs.some(({ kind }) => kind === 'ConfigMap') &&
    inventory.kindState(cluster, 'ConfigMap', namespace).synced;
  if (!readable) return configs.map(copy);

  const names = new Set(configs.map(({ name }) => name));
  const found = new Map<string, ConfigMapObject>();
  for (const configMap of inventory.list(cluster, 'ConfigMap', namespace)) {
    if (names.has(configMap.meta.name)) {
      found.set(configMap.meta.name, configMap);
    }
  }
  return configs.map(reference => describe(reference, found));
}

function describe(
  reference: ConfigReference,
  found: ReadonlyMap<string, ConfigMapObject>,
): ConfigDetail {
  if (reference.kind !== 'ConfigMap') return copy(reference);
  const configMap = found.get(reference.name);
  if (!configMap) return { ...copy(reference), missing: true };
  const missingKeys = reference.keys.filter(
    key => !Object.hasOwn(configMap.hashes, key),
  );
  return missingKeys.length > 0
    ? { ...copy(reference), missing: true, missingKeys }
    : copy(reference);
}

function copy(reference: ConfigReference): ConfigDetail {
  return {
    ...reference,
    keys: [...reference.keys],
    uses: [...reference.uses],
  };
}
