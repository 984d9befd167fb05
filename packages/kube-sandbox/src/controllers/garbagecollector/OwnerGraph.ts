import { KubeObject, OwnerReference, Resource } from '../../client';

/** Finalizers by which the API server hands a deletion to the garbage collector. */
export const FOREGROUND_FINALIZER = 'foregroundDeletion';
export const ORPHAN_FINALIZER = 'orphan';

/** What garbage collection needs to know of an object. */
export interface GraphNode {
  uid: string;
  resource: Resource;
  namespace?: string;
  name: string;
  owners: readonly OwnerReference[];
  deleting: boolean;
  finalizers: readonly string[];
}

function nodeOf(resource: Resource, { metadata }: KubeObject): GraphNode {
  return {
    uid: metadata.uid ?? '',
    resource,
    namespace: metadata.namespace,
    name: metadata.name ?? '',
    owners: metadata.ownerReferences ?? [],
    deleting: Boolean(metadata.deletionTimestamp),
    finalizers: metadata.finalizers ?? [],
  };
}

/** Being deleted, and kept until what it owns is gone. */
export function isWaitingForDependents(node: GraphNode): boolean {
  return node.deleting && node.finalizers.includes(FOREGROUND_FINALIZER);
}

/** Who owns whom, over all kinds. */
export class OwnerGraph {
  private readonly nodes = new Map<string, GraphNode>();
  private readonly dependentsByOwner = new Map<string, Set<string>>();

  get(uid: string): GraphNode | undefined {
    return this.nodes.get(uid);
  }

  dependents(uid: string): GraphNode[] {
    return [...(this.dependentsByOwner.get(uid) ?? [])].flatMap(
      dependent => this.nodes.get(dependent) ?? [],
    );
  }

  put(resource: Resource, object: KubeObject): GraphNode {
    const node = nodeOf(resource, object);
    this.unlink(node.uid);
    this.nodes.set(node.uid, node);
    for (const owner of node.owners) {
      const dependents = this.dependentsByOwner.get(owner.uid) ?? new Set();
      dependents.add(node.uid);
      this.dependentsByOwner.set(owner.uid, dependents);
    }
    return node;
  }

  remove(uid: string): void {
    this.unlink(uid);
    this.nodes.delete(uid);
  }

  private unlink(uid: string): void {
    for (const owner of this.nodes.get(uid)?.owners ?? []) {
      const dependents = this.dependentsByOwner.get(owner.uid);
      dependents?.delete(uid);
      if (dependents?.size === 0) {
        this.dependentsByOwner.delete(owner.uid);
      }
    }
  }
}
