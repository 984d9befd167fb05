import { DaemonSet, Node } from '../../client';
import { isSelected, untoleratedTaint } from '../scheduler/nodeSelection';
import { daemonTolerations } from './daemonPod';

/** What a node is to a daemon. */
export interface NodeFit {
  /** A pod has to be here. */
  shouldRun: boolean;
  /** A pod that is here already may stay. */
  mayStay: boolean;
}

/** Whether a DaemonSet wants a pod on a node. */
export function nodeFit(daemonSet: DaemonSet, node: Node): NodeFit {
  const { spec } = daemonSet.spec.template;
  if (
    (spec.nodeName && spec.nodeName !== node.metadata.name) ||
    !isSelected(node, spec)
  ) {
    return { shouldRun: false, mayStay: false };
  }
  const tolerations = daemonTolerations(spec);
  const refusal = (...effects: string[]) =>
    untoleratedTaint(node.spec?.taints, tolerations, effects);
  return {
    shouldRun: !refusal('NoExecute', 'NoSchedule'),
    mayStay: !refusal('NoExecute'),
  };
}
