import { DaemonSetStatus } from '../../client';
import { isReady } from '../pods';
import { withoutZeros } from '../withoutZeros';
import { DaemonView } from './DaemonView';

/** Status of a DaemonSet, and when it will change by itself. */
export function daemonSetStatus(options: {
  view: DaemonView;
  /** False while the last pass is not in the cache yet: then this generation is not dealt with. */
  isProcessed: boolean;
}): { status: DaemonSetStatus; recheckIn?: number } {
  const { view, isProcessed } = options;
  const { status: before, metadata } = view.daemonSet;
  const names = view.nodes.map(node => node.metadata.name ?? '');
  const wanted = names.filter(name => view.fit(name)?.shouldRun);
  const first = wanted
    .map(name => view.podsOn(name)[0])
    .filter(pod => pod !== undefined);
  const waits = first
    .map(pod => view.availableIn(pod))
    .filter(wait => wait !== undefined && wait > 0) as number[];
  const numberAvailable = first.filter(pod => view.isAvailable(pod)).length;
  const observedGeneration = isProcessed
    ? metadata.generation
    : before?.observedGeneration;
  return {
    status: {
      currentNumberScheduled: first.length,
      numberMisscheduled: names.filter(
        name => !view.fit(name)?.shouldRun && view.podsOn(name).length > 0,
      ).length,
      desiredNumberScheduled: wanted.length,
      numberReady: first.filter(isReady).length,
      ...(observedGeneration !== undefined && { observedGeneration }),
      ...withoutZeros({
        updatedNumberScheduled: first.filter(pod => view.isUpdated(pod)).length,
        numberAvailable,
        numberUnavailable: wanted.length - numberAvailable,
      }),
      ...(before?.collisionCount !== undefined && {
        collisionCount: before.collisionCount,
      }),
      ...(before?.conditions && { conditions: before.conditions }),
    },
    recheckIn: waits.length > 0 ? Math.min(...waits) : undefined,
  };
}
