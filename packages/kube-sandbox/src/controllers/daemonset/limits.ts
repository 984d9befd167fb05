import { DaemonSet } from '../../client';
import { scaled } from '../deployment/replicas';

function rollingUpdateOf({ spec }: DaemonSet) {
  return spec.updateStrategy?.type === 'RollingUpdate'
    ? spec.updateStrategy.rollingUpdate
    : undefined;
}

/** Pods that an update may have beyond one per node; percentages are of the nodes, rounded up. */
export function maxSurge(daemonSet: DaemonSet, nodes: number): number {
  return scaled(rollingUpdateOf(daemonSet)?.maxSurge, nodes, Math.ceil);
}

/** Nodes that an update may leave without an available pod; at least one where there is no surge. */
export function maxUnavailable(daemonSet: DaemonSet, nodes: number): number {
  const limit = scaled(
    rollingUpdateOf(daemonSet)?.maxUnavailable,
    nodes,
    Math.ceil,
  );
  return limit === 0 && nodes > 0 && maxSurge(daemonSet, nodes) === 0
    ? 1
    : limit;
}
