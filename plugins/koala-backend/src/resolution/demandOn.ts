import {
  Environment,
  NamespaceObject,
  selectorMatches,
  Target,
} from '@koala-ops/backstage-plugin-koala-common';
import { InventoryReader } from '../inventory/InventoryReader';
import { NamespaceDemand } from '../inventory/NamespaceDemand';
import { Placement } from './Placement';

/**
 * What Koala wants to read of a cluster: the namespaces that services are looked for in, and those that the
 * environments name whether a service is there or not, since a workload may be there that nobody claims.
 */
export function demandOn(options: {
  cluster: string;
  environments: readonly Environment[];
  placement: Placement;
  inventory: InventoryReader;
}): NamespaceDemand {
  const { cluster, environments, placement, inventory } = options;
  const targets = environments
    .flatMap(environment => environment.targets)
    .filter(target => target.cluster === cluster);
  const known = inventory.namespaces(cluster);
  const names = new Set([
    ...placement.namespacesOn(cluster),
    ...targets.flatMap(target => namespacesNamedBy(target, known)),
  ]);
  return {
    names: [...names].sort(),
    byLabel: targets.some(({ namespaces }) => namespaces.type === 'selector'),
  };
}

/** Namespaces of a target that are known without any service; those of a template are not. */
export function namespacesNamedBy(
  { namespaces: scope }: Pick<Target, 'namespaces'>,
  known: ReadonlyMap<string, NamespaceObject>,
): string[] {
  switch (scope.type) {
    case 'names':
      return [...scope.names];
    case 'selector':
      return [...known.values()]
        .filter(({ meta }) => selectorMatches(scope.selector, meta.labels))
        .map(({ meta }) => meta.name);
    default:
      return [];
  }
}
