import { Fields } from '../objects/KubeObject';
import { difference, hasField, isEmpty, setOfField } from './FieldTree';
import { Managers, readManagers, writeManagers } from './Managers';

/** Where Deployments, ReplicaSets, StatefulSets and their Scales have their replicas. */
const REPLICAS = ['f:spec', 'f:replicas'];
const SCALE_VERSION = 'autoscaling/v1';

const ownsReplicas = (entry: { fields: Parameters<typeof hasField>[0] }) =>
  hasField(entry.fields, REPLICAS);

/** The owners of a workload's replicas as those of its Scale. */
export function scaleOwners(
  apiVersion: string,
  workload: readonly Fields[] | undefined,
): Fields[] | undefined {
  const managers: Managers = new Map();
  for (const [id, entry] of readManagers(workload)) {
    if (entry.apiVersion === apiVersion && ownsReplicas(entry)) {
      managers.set(id, {
        ...entry,
        apiVersion: SCALE_VERSION,
        fields: setOfField(...REPLICAS),
      });
    }
  }
  return writeManagers(managers);
}

/**
 * The owners of a workload after its Scale was written: who lost the replicas there loses them here, and who gained them owns
 * them in the workload's version. As on the real server, an updater counts as another one there than here, because its id
 * has the version in it: its replicas move to an entry of their own, without a time.
 */
export function workloadOwners(options: {
  apiVersion: string;
  workload: readonly Fields[] | undefined;
  scale: readonly Fields[] | undefined;
}): Fields[] | undefined {
  const { apiVersion } = options;
  const gained = readManagers(options.scale);
  const managers: Managers = new Map();
  for (const [id, entry] of readManagers(options.workload)) {
    if (entry.apiVersion !== apiVersion) {
      continue;
    }
    if (!ownsReplicas(entry) || gained.delete(id)) {
      managers.set(id, entry);
      continue;
    }
    const fields = difference(entry.fields, setOfField(...REPLICAS));
    if (!isEmpty(fields)) {
      managers.set(id, { ...entry, fields });
    }
  }
  for (const [id, entry] of gained) {
    if (ownsReplicas(entry)) {
      managers.set(id, {
        ...entry,
        apiVersion,
        time: undefined,
        fields: setOfField(...REPLICAS),
      });
    }
  }
  return writeManagers(managers);
}
