import { Pod } from '../../client';
import { isReady } from '../pods';
import { DaemonPlan, DaemonView } from './DaemonView';
import { maxSurge } from './limits';

/** Says whether a pod that ended may be replaced now, and notes that it is. */
export type EndedPod = (pod: Pod, node: string) => boolean;

/** Brings one pod to each node that should have one, and removes those too many. */
export function planPresence(
  view: DaemonView,
  mayReplace: EndedPod,
): DaemonPlan {
  const plan: DaemonPlan = { create: [], remove: view.strandedPods() };
  for (const { metadata } of view.nodes) {
    const node = metadata.name ?? '';
    const { shouldRun, mayStay } = view.fit(node)!;
    const pods = view.podsOn(node);
    if (shouldRun && pods.length === 0) {
      plan.create.push(node);
    } else if (mayStay) {
      const surviving = pods.filter(pod => {
        if (pod.metadata.deletionTimestamp) {
          return false;
        }
        const ended = ['Failed', 'Succeeded'].includes(pod.status?.phase ?? '');
        if (ended && mayReplace(pod, node)) {
          plan.remove.push(pod);
        }
        return !ended;
      });
      if (maxSurge(view.daemonSet, 1) === 0) {
        plan.remove.push(...surviving.slice(1));
      } else if (surviving.length === 0 && shouldRun) {
        plan.create.push(node);
      } else if (surviving.length > 1) {
        plan.remove.push(...surplus(view, surviving));
      }
    } else {
      plan.remove.push(...pods.filter(pod => !pod.metadata.deletionTimestamp));
    }
  }
  return plan;
}

/**
 * While an update surges, a node may have one old and one new pod: as long as the old one is ready and
 * the new one is not available yet.
 */
function surplus(view: DaemonView, pods: Pod[]): Pod[] {
  const fresh = pods.find(pod => view.isCurrent(pod));
  const old = pods.find(pod => !view.isCurrent(pod));
  const others = pods.filter(pod => pod !== fresh && pod !== old);
  return fresh && old && (!isReady(old) || view.isAvailable(fresh))
    ? [...others, old]
    : others;
}
