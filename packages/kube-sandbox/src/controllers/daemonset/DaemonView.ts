import { DaemonSet, Node, Pod } from '../../client';
import { REVISION_HASH_LABEL } from '../history/revisions';
import { availableIn, isFinished } from '../pods';
import { isUpdated, targetNode } from './daemonPod';
import { nodeFit, NodeFit } from './nodeFit';

/** What a pass changes: nodes that get a pod, pods that go. */
export interface DaemonPlan {
  create: string[];
  remove: Pod[];
}

/** A DaemonSet beside its nodes and pods, at one moment. */
export class DaemonView {
  readonly daemonSet: DaemonSet;
  readonly nodes: Node[];
  /** Label that pods of the current template have. */
  readonly hash: string;
  readonly now: number;
  private readonly minReadyMs: number;
  private readonly fits: Map<string, NodeFit>;
  private readonly podsByNode = new Map<string, Pod[]>();

  constructor(options: {
    daemonSet: DaemonSet;
    nodes: Node[];
    pods: Pod[];
    hash: string;
    now: number;
    speed: number;
  }) {
    const { daemonSet, nodes, pods, speed } = options;
    this.daemonSet = daemonSet;
    this.nodes = nodes;
    this.hash = options.hash;
    this.now = options.now;
    this.minReadyMs = ((daemonSet.spec.minReadySeconds ?? 0) * 1000) / speed;
    this.fits = new Map(
      nodes.map(node => [node.metadata.name ?? '', nodeFit(daemonSet, node)]),
    );
    for (const pod of [...pods].sort(byScheduledAndAge)) {
      const node = targetNode(pod);
      const isLeaving = isFinished(pod) && pod.metadata.deletionTimestamp;
      if (node && !isLeaving) {
        this.podsByNode.set(node, [...(this.podsByNode.get(node) ?? []), pod]);
      }
    }
  }

  fit(node: string): NodeFit | undefined {
    return this.fits.get(node);
  }

  /** Pods on a node or meant for it: those that are bound first, then the oldest first. */
  podsOn(node: string): Pod[] {
    return this.podsByNode.get(node) ?? [];
  }

  /** Nodes that have pods, or should. */
  concernedNodes(): string[] {
    const wanted = this.nodes
      .map(({ metadata }) => metadata.name ?? '')
      .filter(name => this.fits.get(name)?.shouldRun);
    return [...new Set([...wanted, ...this.podsByNode.keys()])];
  }

  /** How many nodes should run a pod. */
  get desired(): number {
    return [...this.fits.values()].filter(({ shouldRun }) => shouldRun).length;
  }

  /** Pods of nodes that are gone before they were bound: nobody else deletes them. */
  strandedPods(): Pod[] {
    return [...this.podsByNode]
      .filter(([node]) => !this.fits.has(node))
      .flatMap(([, pods]) => pods.filter(pod => !pod.spec.nodeName));
  }

  isUpdated(pod: Pod): boolean {
    return isUpdated(this.daemonSet, pod, this.hash);
  }

  /** As {@link isUpdated}, without looking at the older template generation. */
  isCurrent(pod: Pod): boolean {
    return pod.metadata.labels?.[REVISION_HASH_LABEL] === this.hash;
  }

  isAvailable(pod: Pod): boolean {
    return this.availableIn(pod) === 0;
  }

  /** Milliseconds until the pod is available; undefined where it is not ready. */
  availableIn(pod: Pod): number | undefined {
    return availableIn(pod, this.minReadyMs, this.now);
  }
}

function byScheduledAndAge(a: Pod, b: Pod): number {
  const created = (pod: Pod) => pod.metadata.creationTimestamp ?? '';
  return (
    Number(Boolean(b.spec.nodeName)) - Number(Boolean(a.spec.nodeName)) ||
    created(a).localeCompare(created(b)) ||
    (a.metadata.name ?? '').localeCompare(b.metadata.name ?? '')
  );
}
