import {
  isWorkload,
  KoalaObject,
  WorkloadObject,
} from '@koala-ops/backstage-plugin-koala-common';
import { ObjectChange } from '../inventory/InventoryReader';
import { placementKey } from './Placement';
import { namesOf, WorkloadIndex } from './WorkloadIndex';

/** What a changed object may concern: every slot that these names find, or that claims this workload. */
export type Concern =
  | { names: ReadonlySet<string>; namespace: string }
  | { workload: string };

/**
 * The workloads of all clusters by what finds them, and the way from a pod, a ReplicaSet or a Job up to
 * its workload.
 */
export class Workloads {
  readonly #indexes = new Map<string, WorkloadIndex>();
  /** uid of a ReplicaSet or a Job to that of the workload that controls it. */
  readonly #owners = new Map<string, string>();

  in(cluster: string, namespace: string): WorkloadIndex | undefined {
    return this.#indexes.get(placementKey(cluster, namespace));
  }

  /** Takes a change in, and returns what it may concern. */
  apply(cluster: string, change: ObjectChange): Concern | undefined {
    const { kind, namespace, before, after } = change;
    const object = after ?? before;
    const owner = object?.meta.controller?.uid;
    switch (kind) {
      case 'ReplicaSet':
        return this.#owned(change);
      case 'Job':
        // A Job without a CronJob is a workload of its own.
        return workloadOf(before) || workloadOf(after)
          ? this.#indexed(cluster, change)
          : this.#owned(change);
      case 'Deployment':
      case 'StatefulSet':
      case 'DaemonSet':
      case 'CronJob':
        return this.#indexed(cluster, change);
      case 'Pod':
        return owner
          ? { workload: this.#owners.get(owner) ?? owner }
          : undefined;
      case 'ControllerRevision':
        return owner ? { workload: owner } : undefined;
      case 'HorizontalPodAutoscaler':
        return scaling(before) === scaling(after)
          ? undefined
          : this.#concernOf(cluster, namespace, workload =>
              [before, after].some(one => scales(one, workload)),
            );
      case 'PersistentVolumeClaim':
        return isBound(before) && isBound(after)
          ? undefined
          : this.#concernOf(cluster, namespace, workload =>
              mayMount(workload, object?.meta.name ?? ''),
            );
      default:
        return undefined;
    }
  }

  #owned({ before, after }: ObjectChange): Concern | undefined {
    const owner = (after ?? before)?.meta.controller?.uid;
    if (after && owner) this.#owners.set(after.meta.uid, owner);
    else if (before) this.#owners.delete(before.meta.uid);
    return owner ? { workload: owner } : undefined;
  }

  #indexed(
    cluster: string,
    { namespace, before, after }: ObjectChange,
  ): Concern {
    return {
      namespace,
      names: this.#replace(
        cluster,
        namespace,
        workloadOf(before),
        workloadOf(after),
      ),
    };
  }

  /** Workloads of a namespace that something else there is about, by every word that finds them. */
  #concernOf(
    cluster: string,
    namespace: string,
    about: (workload: WorkloadObject) => boolean,
  ): Concern | undefined {
    const names = new Set<string>();
    for (const workload of this.in(cluster, namespace)?.all() ?? []) {
      if (about(workload)) namesOf(workload).forEach(name => names.add(name));
    }
    return names.size > 0 ? { namespace, names } : undefined;
  }

  #replace(
    cluster: string,
    namespace: string,
    before?: WorkloadObject,
    after?: WorkloadObject,
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

/** The object where it is a workload of its own. */
function workloadOf(object?: KoalaObject): WorkloadObject | undefined {
  return object &&
    isWorkload(object) &&
    !(object.kind === 'Job' && object.meta.controller?.kind === 'CronJob')
    ? object
    : undefined;
}

/** All of an autoscaler that a verdict depends on; its counts change all the time. */
function scaling(object?: KoalaObject): string | undefined {
  return object?.kind === 'HorizontalPodAutoscaler'
    ? [
        object.target.kind,
        object.target.name,
        object.minReplicas,
        object.meta.controller?.kind,
      ].join('\n')
    : undefined;
}

function scales(
  object: KoalaObject | undefined,
  { kind, meta }: WorkloadObject,
): boolean {
  return (
    object?.kind === 'HorizontalPodAutoscaler' &&
    object.target.kind === kind &&
    object.target.name === meta.name
  );
}

function isBound(object?: KoalaObject): boolean {
  return object?.kind === 'PersistentVolumeClaim' && object.phase === 'Bound';
}

/** The claims of a StatefulSet's pods are called after their template and their pod. */
function mayMount(workload: WorkloadObject, claim: string): boolean {
  return (
    workload.template.claims.includes(claim) ||
    (workload.kind === 'StatefulSet' &&
      workload.claimTemplates.some(template =>
        claim.startsWith(`${template}-${workload.meta.name}-`),
      ))
  );
}
