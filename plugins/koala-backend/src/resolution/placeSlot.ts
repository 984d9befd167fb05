import {
  Environment,
  namedFor,
  namespacesOf,
  narrowTarget,
  ServiceIdentity,
  Target,
} from '@koala-ops/backstage-plugin-koala-common';
import { InventoryReader } from '../inventory/InventoryReader';

export interface SlotPlace {
  namespaces: readonly string[];
  missing?: string;
  /** The namespaces are those with certain labels, so all of them have to be listed. */
  byLabel?: boolean;
}

/** Where a service is looked for in one target. */
export function placeSlot(options: {
  service: ServiceIdentity;
  environment: Environment;
  target: Target;
  inventory: InventoryReader;
}): SlotPlace {
  const { service, environment, target, inventory } = options;
  const found = namespacesOf({
    scope: target.namespaces,
    service,
    environment,
    namespaces: inventory.namespaces(target.cluster),
  });
  if ('missing' in found) return { namespaces: [], missing: found.missing };
  return {
    namespaces: narrowTarget({
      service,
      cluster: target.cluster,
      namespaces: found.names,
    }),
    byLabel:
      target.namespaces.type === 'selector' &&
      namedFor(service, environment) === undefined,
  };
}
