import {
  Informer,
  InformerHandler,
  keyOf,
  KubeObject,
  LabelSelector,
  Pod,
  WorkQueue,
} from '../client';
import { Expectations } from './Expectations';
import { selects } from './labels';
import { controllerOf } from './ownership';

/**
 * Queues the workload whose pod came, changed or went, and those that may adopt a pod of nobody; tells
 * `expectations` what was seen.
 */
export function enqueueOwnersOfPods<
  T extends KubeObject & { spec: { selector: LabelSelector } },
>(options: {
  queue: WorkQueue;
  /** Of the workloads. */
  kind: string;
  workloads: Informer<T>;
  expectations?: Expectations;
}): InformerHandler<Pod> {
  const { queue, kind, workloads, expectations } = options;
  function changed(pod: Pod, change: 'added' | 'updated' | 'deleted'): void {
    const owner = controllerOf(pod);
    const { namespace = '', uid, deletionTimestamp } = pod.metadata;
    if (owner?.kind === kind) {
      const key = `${namespace}/${owner.name}`;
      if (change === 'added') {
        expectations?.creationObserved(key);
      }
      if (change === 'deleted' || deletionTimestamp) {
        expectations?.deletionObserved(key, uid);
      }
      queue.add(key);
    } else if (!owner) {
      workloads
        .list(namespace)
        .filter(({ spec }) => selects(spec.selector, pod.metadata.labels))
        .forEach(workload => queue.add(keyOf(workload)));
    }
  }
  return {
    added: pod => changed(pod, 'added'),
    updated: pod => changed(pod, 'updated'),
    deleted: pod => changed(pod, 'deleted'),
  };
}
