import {
  cellOf,
  Environment,
  MatchingFinding,
  matchingOf,
  ServiceIdentity,
} from '@koala-ops/backstage-plugin-koala-common';
import { InventoryReader } from '../inventory/InventoryReader';
import { placeSlot } from './placeSlot';
import { ResolvedCell } from './ResolvedChange';
import { Slot, SlotMatching } from './Slot';

/** A service with a cell for every environment. */
export interface TrackedService {
  readonly identity: ServiceIdentity;
  readonly matching: SlotMatching;
  /** What the rule itself has to say, such as a selector that cannot be read. */
  readonly problem?: MatchingFinding;
  readonly cells: readonly ResolvedCell[];
}

/** Places a service in every target; what was known of it before its entity changed is kept. */
export function trackService(options: {
  identity: ServiceIdentity;
  environments: readonly Environment[];
  inventory: InventoryReader;
  before?: TrackedService;
}): TrackedService {
  const { identity, environments, inventory, before } = options;
  const { problem, ...matching } = matchingOf(identity);
  const cells = environments.map((environment, index): ResolvedCell => {
    const slots = environment.targets.map((target, position): Slot => {
      const earlier = before?.cells[index].slots[position];
      return {
        service: identity,
        environment,
        target,
        ...placeSlot({ service: identity, environment, target, inventory }),
        claims: [],
        known: earlier?.known,
        state: earlier?.state ?? {
          target: target.name,
          cluster: target.cluster,
          status: 'unknown',
        },
      };
    });
    return {
      slots,
      cell: cellOf({
        service: identity.ref,
        environment: environment.name,
        targets: slots.map(({ state }) => state),
      }),
    };
  });
  return { identity, matching, problem, cells };
}
