import {
  FOREGROUND_FINALIZER,
  GraphNode,
  ORPHAN_FINALIZER,
  OwnerGraph,
  isWaitingForDependents,
} from './OwnerGraph';

/** What is to be done with an object. */
export type Collection =
  | { action: 'keep' }
  /** Owners that are gone, or that wait for it, must not hold or block it any more. */
  | { action: 'drop-owners'; uids: string[] }
  | { action: 'delete'; policy: 'Background' | 'Foreground' | 'Orphan' }
  /** Look at these; when they are gone this one is looked at again. */
  | { action: 'wait'; for: GraphNode[] }
  /** Let these live on without their owner, then let it go. */
  | { action: 'orphan'; dependents: GraphNode[] }
  | { action: 'remove-finalizer'; finalizer: string };

/**
 * Decides about one object: with `absent` the uids of owners that the server says are gone.
 * Follows the rules of the real garbage collector.
 */
export function collect(
  graph: OwnerGraph,
  node: GraphNode,
  absent: ReadonlySet<string>,
): Collection {
  return node.deleting
    ? collectDeleting(graph, node)
    : collectOwned(graph, node, absent);
}

function collectDeleting(graph: OwnerGraph, node: GraphNode): Collection {
  const dependents = graph.dependents(node.uid);
  if (node.finalizers.includes(FOREGROUND_FINALIZER)) {
    const blocking = dependents.filter(dependent =>
      dependent.owners.some(
        owner => owner.uid === node.uid && owner.blockOwnerDeletion,
      ),
    );
    return blocking.length > 0
      ? { action: 'wait', for: blocking }
      : { action: 'remove-finalizer', finalizer: FOREGROUND_FINALIZER };
  }
  return node.finalizers.includes(ORPHAN_FINALIZER)
    ? { action: 'orphan', dependents }
    : { action: 'keep' };
}

function collectOwned(
  graph: OwnerGraph,
  node: GraphNode,
  absent: ReadonlySet<string>,
): Collection {
  if (node.owners.length === 0) {
    return { action: 'keep' };
  }
  const waiting: string[] = [];
  const dangling: string[] = [];
  for (const { uid } of node.owners) {
    const owner = graph.get(uid);
    if (owner && isWaitingForDependents(owner)) {
      waiting.push(uid);
    } else if (!owner && absent.has(uid)) {
      dangling.push(uid);
    }
  }
  const lost = [...waiting, ...dangling];
  if (lost.length < node.owners.length) {
    return lost.length > 0
      ? { action: 'drop-owners', uids: lost }
      : { action: 'keep' };
  }
  if (node.finalizers.includes(ORPHAN_FINALIZER)) {
    return { action: 'delete', policy: 'Orphan' };
  }
  const inForeground =
    node.finalizers.includes(FOREGROUND_FINALIZER) ||
    (waiting.length > 0 && graph.dependents(node.uid).length > 0);
  return {
    action: 'delete',
    policy: inForeground ? 'Foreground' : 'Background',
  };
}
