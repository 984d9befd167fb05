import {
  ClusterState,
  ConfigProblem,
} from '@koala-ops/backstage-plugin-koala-common';
import { KoalaConfig } from '../config/KoalaConfig';
import { InventoryReader } from '../inventory/InventoryReader';

/**
 * The clusters that environments name, as they were last shown. One that nobody knows is shown too, as
 * missing, and is a problem of the configuration as long as it is.
 */
export class ClusterBoard {
  readonly #clusters = new Map<string, ClusterState>();
  #stale = true;

  constructor(
    private readonly options: {
      config: KoalaConfig;
      inventory: InventoryReader;
      now: () => number;
    },
  ) {}

  all(): readonly ClusterState[] {
    return [...this.#clusters.values()];
  }

  markStale(): void {
    this.#stale = true;
  }

  /** Returns the clusters whose state is another than before. */
  refresh(): ClusterState[] {
    if (!this.#stale) return [];
    this.#stale = false;
    const changed: ClusterState[] = [];
    for (const { targets } of this.options.config.environments) {
      for (const { cluster } of targets) {
        const known = this.#clusters.get(cluster);
        const state = this.#look(cluster, known);
        if (JSON.stringify(known) === JSON.stringify(state)) continue;
        this.#clusters.set(cluster, state);
        changed.push(state);
      }
    }
    return changed;
  }

  /** Targets that name a cluster which nobody knows: said where the name stands. */
  problems(): ConfigProblem[] {
    const { config, inventory } = this.options;
    const names = inventory.clusterNames();
    return config.environments.flatMap(environment =>
      environment.targets
        .filter(
          ({ cluster }) => this.#clusters.get(cluster)?.condition === 'missing',
        )
        .map(target => ({
          key: `${config.targetKeys.get(
            `${environment.name}/${target.name}`,
          )}.cluster`,
          message: `The portal knows no cluster called '${target.cluster}'.`,
          nextStep: names.length
            ? `Use one of ${names.join(
                ', ',
              )}, or add it to the kubernetes configuration.`
            : 'Add it to the kubernetes configuration: the portal knows no cluster at all yet.',
        })),
    );
  }

  #look(name: string, known?: ClusterState): ClusterState {
    const { inventory, now } = this.options;
    const state = inventory.clusterState(name);
    if (state) return state;
    // Before the sources have answered nobody can say that there is no such cluster.
    const condition = inventory.clustersListed() ? 'missing' : 'syncing';
    return {
      name,
      condition,
      since: known?.condition === condition ? known.since : now(),
      message:
        condition === 'missing'
          ? `The portal knows no cluster called ${name}.`
          : `${name} is being looked up.`,
    };
  }
}
