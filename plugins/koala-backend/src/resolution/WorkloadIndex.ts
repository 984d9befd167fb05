import {
  DeploymentObject,
  KUBERNETES_ID_ANNOTATION,
} from '@koala-ops/backstage-plugin-koala-common';

const NAMING_LABELS = [
  KUBERNETES_ID_ANNOTATION,
  'app.kubernetes.io/name',
  'app',
];

/**
 * Every word by which rules 3 and 6 could find a workload: the values of its naming labels, on itself or
 * on its pod template, and its name. Finding candidates by these words keeps a namespace of a thousand
 * workloads from being compared with a thousand services.
 */
export function namesOf(workload: DeploymentObject): Set<string> {
  const names = new Set([workload.meta.name]);
  for (const labels of [workload.meta.labels, workload.template.labels]) {
    for (const label of NAMING_LABELS) {
      if (labels[label]) names.add(labels[label]);
    }
  }
  return names;
}

/** The workloads of one namespace of one cluster, by every word that may find them. */
export class WorkloadIndex {
  readonly #byUid = new Map<string, DeploymentObject>();
  readonly #byName = new Map<string, Map<string, DeploymentObject>>();

  get size(): number {
    return this.#byUid.size;
  }

  replace(before?: DeploymentObject, after?: DeploymentObject): void {
    if (before) this.#remove(before);
    if (after) this.#add(after);
  }

  all(): Iterable<DeploymentObject> {
    return this.#byUid.values();
  }

  named(name: string): Iterable<DeploymentObject> {
    return this.#byName.get(name)?.values() ?? [];
  }

  #add(workload: DeploymentObject): void {
    this.#byUid.set(workload.meta.uid, workload);
    for (const name of namesOf(workload)) {
      let same = this.#byName.get(name);
      if (!same) {
        same = new Map();
        this.#byName.set(name, same);
      }
      same.set(workload.meta.uid, workload);
    }
  }

  #remove(workload: DeploymentObject): void {
    this.#byUid.delete(workload.meta.uid);
    for (const name of namesOf(workload)) {
      const same = this.#byName.get(name);
      same?.delete(workload.meta.uid);
      if (same?.size === 0) this.#byName.delete(name);
    }
  }
}
