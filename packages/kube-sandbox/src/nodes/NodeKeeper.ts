import {
  ApiClient,
  ApiError,
  Clock,
  Informer,
  Logger,
  Node,
  TimerHandle,
  microTimestamp,
  resources,
} from '../client';
import { NodeIdentity, nodeObject, nodeStatus } from './nodeObject';

const RENEW_MS = 10_000;
const RETRY_MS = 1_000;
const LEASE_SECONDS = 40;
const LEASE_NAMESPACE = 'kube-node-lease';

/** A kubelet reports its whole status this often though nothing changed. */
const STATUS_MS = 5 * 60_000;

/** Set on nodes that just registered, or did not report in time. */
const NOT_READY_TAINTS = [
  'node.kubernetes.io/not-ready',
  'node.kubernetes.io/unreachable',
];

/**
 * Keeps one node registered, ready and alive: registers it again where it was deleted or the server
 * lost it, renews its lease, reports its status, takes the not-ready taints off.
 */
export class NodeKeeper {
  private timer: TimerHandle;
  private stopped = false;
  private reportedAt = -Infinity;
  private problem = '';

  private constructor(
    private readonly options: {
      client: ApiClient;
      nodes: Informer<Node>;
      identity: NodeIdentity;
      /** The endpoint to tell the API server of. */
      kubelet?: { port: Promise<number> };
      clock: Clock;
      logger: Logger;
    },
  ) {}

  static start(options: NodeKeeper['options']): NodeKeeper {
    const keeper = new NodeKeeper(options);
    const { nodes, identity } = options;
    const isOwn = ({ metadata }: Node) => metadata.name === identity.name;
    nodes.addHandler({
      added: node => isOwn(node) && keeper.untaint(node),
      updated: node => isOwn(node) && keeper.untaint(node),
      deleted: node => isOwn(node) && keeper.beatSoon(),
    });
    void keeper.beat();
    return keeper;
  }

  stop(): void {
    this.stopped = true;
    this.options.clock.clearTimeout(this.timer);
  }

  private beatSoon(): void {
    this.reportedAt = -Infinity;
    this.schedule(RETRY_MS);
  }

  private schedule(ms: number): void {
    const { clock } = this.options;
    clock.clearTimeout(this.timer);
    if (!this.stopped) {
      this.timer = clock.setTimeout(() => void this.beat(), ms);
    }
  }

  private async beat(): Promise<void> {
    const { logger, identity, clock } = this.options;
    let pause = RENEW_MS;
    try {
      await this.report();
      await this.renewLease();
      this.problem = '';
    } catch (error) {
      pause = RETRY_MS;
      this.reportedAt = -Infinity;
      const message = error instanceof Error ? error.message : String(error);
      if (!this.stopped && message !== this.problem) {
        logger.warn(`Node ${identity.name} cannot report: ${message}`);
        this.problem = message;
      }
    }
    if (this.timer !== undefined) {
      clock.clearTimeout(this.timer);
    }
    this.schedule(pause);
  }

  private async report(): Promise<void> {
    const { client, identity, kubelet, clock } = this.options;
    const now = clock.now();
    if (now - this.reportedAt < STATUS_MS) {
      return;
    }
    const node = await this.register();
    await client.patch(
      resources.nodes,
      { name: identity.name },
      {
        status: nodeStatus(identity, {
          now,
          kubeletPort: await kubelet?.port,
          previous: node.status?.conditions,
        }),
      },
      { type: 'strategic-merge', subresource: 'status' },
    );
    this.untaint(node);
    this.reportedAt = now;
  }

  private async register(): Promise<Node> {
    const { client, identity } = this.options;
    try {
      return await client.create(resources.nodes, nodeObject(identity));
    } catch (error) {
      if (!ApiError.is(error, 409)) {
        throw error;
      }
      return client.get(resources.nodes, { name: identity.name });
    }
  }

  private async renewLease(): Promise<void> {
    const { client, identity, clock } = this.options;
    const { name } = identity;
    const spec = {
      holderIdentity: name,
      leaseDurationSeconds: LEASE_SECONDS,
      renewTime: microTimestamp(clock.now()),
    };
    const namespace = LEASE_NAMESPACE;
    try {
      await client.patch(resources.leases, { namespace, name }, { spec });
    } catch (error) {
      if (!ApiError.is(error, 404)) {
        throw error;
      }
      await client.create(resources.leases, {
        apiVersion: 'coordination.k8s.io/v1',
        kind: 'Lease',
        metadata: { namespace, name },
        spec,
      });
    }
  }

  private untaint({ metadata, spec }: Node): void {
    const taints = spec?.taints ?? [];
    const others = taints.filter(({ key }) => !NOT_READY_TAINTS.includes(key));
    if (others.length === taints.length || this.stopped) {
      return;
    }
    const { resourceVersion, name = '' } = metadata;
    this.options.client
      .patch(
        resources.nodes,
        { name },
        { metadata: { resourceVersion }, spec: { taints: others } },
      )
      // A conflict comes back as a change of the node; anything else with the next report.
      .catch(() => {});
  }
}
