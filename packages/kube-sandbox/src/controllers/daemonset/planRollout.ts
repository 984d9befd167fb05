import { Pod } from '../../client';
import { DaemonPlan, DaemonView } from './DaemonView';
import { maxSurge, maxUnavailable } from './limits';

interface PodsOnNode {
  fresh?: Pod;
  old?: Pod;
}

/** The pods of a node that stay; undefined where there are several of a kind, which is put right first. */
function pairOn(view: DaemonView, node: string): PodsOnNode | undefined {
  const lasting = view
    .podsOn(node)
    .filter(({ metadata }) => !metadata.deletionTimestamp);
  const fresh = lasting.filter(pod => view.isUpdated(pod));
  const old = lasting.filter(pod => !view.isUpdated(pod));
  return fresh.length > 1 || old.length > 1
    ? undefined
    : { fresh: fresh[0], old: old[0] };
}

/** The next step of a rolling update. */
export function planRollout(view: DaemonView): DaemonPlan {
  return maxSurge(view.daemonSet, view.desired) === 0
    ? planReplacement(view)
    : planSurge(view);
}

/** Deletes as many old pods as may be unavailable; those that are not available anyway in any case. */
function planReplacement(view: DaemonView): DaemonPlan {
  const limit = maxUnavailable(view.daemonSet, view.desired);
  const doomed: Pod[] = [];
  const candidates: Pod[] = [];
  let unavailable = 0;
  for (const node of view.concernedNodes()) {
    const { fresh, old } = pairOn(view, node) ?? {};
    if (Boolean(fresh) === Boolean(old)) {
      unavailable += 1;
    } else if (fresh) {
      unavailable += view.isAvailable(fresh) ? 0 : 1;
    } else if (old && !view.isAvailable(old)) {
      doomed.push(old);
      unavailable += 1;
    } else if (old) {
      candidates.push(old);
    }
  }
  const spare = Math.max(0, limit - unavailable);
  return { create: [], remove: [...doomed, ...candidates.slice(0, spare)] };
}

/** Adds a new pod beside the old one on as many nodes as may surge, and deletes the old once it is available. */
function planSurge(view: DaemonView): DaemonPlan {
  const limit = maxSurge(view.daemonSet, view.desired);
  const plan: DaemonPlan = { create: [], remove: [] };
  const misplaced: Pod[] = [];
  const candidates: string[] = [];
  let surging = 0;
  let available = 0;
  for (const node of view.concernedNodes()) {
    const pair = pairOn(view, node);
    if (!pair) {
      surging += 1;
      continue;
    }
    const { fresh, old } = pair;
    const counted = old ?? fresh;
    available += counted && view.isAvailable(counted) ? 1 : 0;
    if (old && fresh) {
      if (view.isAvailable(fresh)) {
        plan.remove.push(old);
      } else {
        surging += 1;
      }
    } else if (old) {
      const shouldRun = view.fit(node)?.shouldRun ?? false;
      const isAvailable = view.isAvailable(old);
      if (shouldRun) {
        (isAvailable ? candidates : plan.create).push(node);
      } else {
        (isAvailable ? misplaced : plan.remove).push(old);
      }
    }
  }
  // A pod where none should be serves until enough others do.
  plan.remove.push(
    ...misplaced.slice(0, Math.max(0, available - view.desired)),
  );
  plan.create.push(...candidates.slice(0, Math.max(0, limit - surging)));
  return plan;
}
