import {
  LoggerService,
  SchedulerServiceTaskRunner,
} from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import {
  EntityProvider,
  EntityProviderConnection,
} from '@backstage/plugin-catalog-node';
import { DiscoveredCluster, isForbidden } from './DiscoveredCluster';
import { LabelledWorkload } from './serviceNameOf';
import { FoundWorkload, toEntities } from './toEntities';

const DEPLOYMENTS = '/apis/apps/v1/deployments';

/** Fills the catalog with the services that run in the clusters of a kubeconfig file. */
export class KubeconfigEntityProvider implements EntityProvider {
  /** What each cluster answered last: one that is away keeps its services. */
  private readonly lastFound = new Map<string, readonly FoundWorkload[]>();
  private readonly lastProblem = new Map<string, string>();

  private constructor(
    private readonly options: {
      clusters: readonly DiscoveredCluster[];
      /** The namespaces to look at, by cluster. */
      namespaces: ReadonlyMap<string, ReadonlySet<string>>;
      schedule: SchedulerServiceTaskRunner;
      logger: LoggerService;
    },
  ) {}

  static create(
    options: KubeconfigEntityProvider['options'],
  ): KubeconfigEntityProvider {
    return new KubeconfigEntityProvider(options);
  }

  getProviderName(): string {
    return 'koala-kubeconfig';
  }

  async connect(connection: EntityProviderConnection): Promise<void> {
    await this.options.schedule.run({
      id: 'koala-kubeconfig-discovery',
      fn: () => this.refresh(connection),
    });
  }

  private async refresh(connection: EntityProviderConnection): Promise<void> {
    await Promise.all(
      this.options.clusters.map(async cluster => {
        try {
          this.lastFound.set(cluster.name, await this.find(cluster));
          this.lastProblem.delete(cluster.name);
        } catch (error) {
          this.report(cluster, toError(error).message);
        }
      }),
    );
    await connection.applyMutation({
      type: 'full',
      entities: toEntities([...this.lastFound.values()].flat()).map(entity => ({
        entity,
        locationKey: this.getProviderName(),
      })),
    });
  }

  private async find(cluster: DiscoveredCluster): Promise<FoundWorkload[]> {
    const namespaces = this.options.namespaces.get(cluster.name) ?? new Set();
    const workloads = await this.listDeployments(cluster, namespaces);
    return workloads
      .filter(({ metadata }) => namespaces.has(metadata?.namespace ?? ''))
      .map(workload => ({ cluster: cluster.name, workload }));
  }

  /** An account that may not list the whole cluster may often read single namespaces. */
  private async listDeployments(
    cluster: DiscoveredCluster,
    namespaces: ReadonlySet<string>,
  ): Promise<LabelledWorkload[]> {
    try {
      return await cluster.list(DEPLOYMENTS);
    } catch (error) {
      if (!isForbidden(error)) throw error;
    }
    const lists = await Promise.all(
      [...namespaces].map(namespace =>
        cluster.list<LabelledWorkload>(
          `/apis/apps/v1/namespaces/${encodeURIComponent(
            namespace,
          )}/deployments`,
        ),
      ),
    );
    return lists.flat();
  }

  /** Once for each new reason, not at every attempt. */
  private report(cluster: DiscoveredCluster, problem: string): void {
    if (this.lastProblem.get(cluster.name) !== problem) {
      this.lastProblem.set(cluster.name, problem);
      this.options.logger.warn(
        `Cluster ${cluster.name} (${cluster.server}) ${problem}; its services stay as they were seen last`,
      );
    }
  }
}
