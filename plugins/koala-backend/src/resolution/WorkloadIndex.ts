import {
  KUBERNETES_ID_ANNOTATION,
  nearNameOf,
  WorkloadObject,
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
export function namesOf(workload: WorkloadObject): Set<string> {
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
  readonly #byUid = new Map<string, WorkloadObject>();
  readonly #byName = new Map<string, Map<string, WorkloadObject>>();
  readonly #byNearName = new Map<string, Map<string, WorkloadObject>>();

  get size(): number {
    return this.#byUid.size;
  }

  replace(before?: WorkloadObject, after?: WorkloadObject): void {
    if (before) this.#remove(before);
    if (after) this.#add(after);
  }

  all(): Iterable<WorkloadObject> {
    return this.#byUid.values();
  }

  get(uid: string): WorkloadObject | undefined {
    return this.#byUid.get(uid);
  }

  named(name: string): Iterable<WorkloadObject> {
    return this.#byName.get(name)?.values() ?? [];
  }

  /** Workloads that are called like this, or almost. */
  nearlyNamed(name: string): Iterable<WorkloadObject> {
    return this.#byNearName.get(nearNameOf(name))?.values() ?? [];
  }

  #add(workload: WorkloadObject): void {
    this.#byUid.set(workload.meta.uid, workload);
    for (const name of namesOf(workload)) {
      enter(this.#byName, name, workload);
      enter(this.#byNearName, nearNameOf(name), workload);
    }
  }

  #remove(workload: WorkloadObject): void {
    this.#byUid.delete(workload.meta.uid);
    for (const name of namesOf(workload)) {
      leave(this.#byName, name, workload);
      leave(this.#byNearName, nearNameOf(name), workload);
    }
  }
}

type Words = Map<string, Map<string, WorkloadObject>>;

function enter(words: Words, word: string, workload: WorkloadObject): void {
  let same = words.get(word);
  if (!same) {
    same = new Map();
    words.set(word, same);
  }
  same.set(workload.meta.uid, workload);
}

function leave(words: Words, word: string, workload: WorkloadObject): void {
  const same = words.get(word);
  same?.delete(workload.meta.uid);
  if (same?.size === 0) words.delete(word);
}
