import {
  DeploymentObject,
  KoalaObject,
} from '@koala-ops/backstage-plugin-koala-common';
import { ObjectChange } from '../inventory/InventoryReader';
import { placementKey } from './Placement';
import { namesOf, WorkloadIndex } from './WorkloadIndex';

/** What a changed object may concern: every slot that these names find, or that claims this workload. */
export type Concern =
  | { names: ReadonlySet<string>; namespace: string }
  | { workload: string };

/**
 * The workloads of all clusters by what finds them, and the way from a pod or a ReplicaSet up to its
 * workload.
 */
export class Workloads {
  readonly #indexes = new Map<string, WorkloadIndex>();
  /** uid of a ReplicaSet to that of its Deployment. */
  readonly #owners = new Map<string, string>();

  in(cluster: string, namespace: string): WorkloadIndex | undefined {
    return this.#indexes.get(placementKey(cluster, namespace));
  }

  /** Takes a change in, and returns what it may concern. */
  apply(
    cluster: string,
    { kind, namespace, before, after }: ObjectChange,
  ): Concern | undefined {
    const object = after ?? before;
    const owner = object?.meta.controller?.uid;
    switch (kind) {
      case 'Deployment':
        return {
          namespace,
          names: this.#replace(
            cluster,
            namespace,
            deploymentOf(before),
            deploymentOf(after),
          ),
        };
      case 'ReplicaSet':
        if (after && owner) this.#owners.set(after.meta.uid, owner);
        else if (before) this.#owners.delete(before.meta.uid);
        return owner ? { workload: owner } : undefined;
      case 'Pod': {
        const workload = owner && this.#owners.get(owner);
        return workload ? { workload } : undefined;
      }
      default:
        return undefined;
    }
  }

  #replace(
    cluster: string,
    namespace: string,
    before?: DeploymentObject,
    after?: DeploymentObject,
  ): Set<string> {
    const key = placementKey(cluster, namespace);
    let index = this.#indexes.get(key);
    if (!index) {
      index = new WorkloadIndex();
      this.#indexes.set(key, index);
    }
    index.replace(before, after);
    if (index.size === 0) this.#indexes.delete(key);
    return new Set([
      ...(before ? namesOf(before) : []),
      ...(after ? namesOf(after) : []),
    ]);
  }
}

function deploymentOf(object?: KoalaObject): DeploymentObject | undefined {
  return object?.kind === 'Deployment' ? object : undefined;
}
