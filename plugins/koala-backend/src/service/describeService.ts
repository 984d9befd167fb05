import { NotFoundError } from '@backstage/errors';
import {
  CellDetail,
  ServiceDetail,
} from '@koala-ops/backstage-plugin-koala-common';
import { InventoryReader } from '../inventory/InventoryReader';
import { ReadModel } from '../resolution/ReadModel';
import { ResolvedCell } from '../resolution/ResolvedChange';
import { describeTarget } from './describeTarget';
import { ClaimantLookup } from './describeVolumes';
import { View } from './View';

export interface DescribeServiceOptions {
  ref: string;
  view: View;
  model: ReadModel;
  inventory: InventoryReader;
  /** Milliseconds since the epoch. */
  now: number;
}

/** One service with everything that runs it, as far as the reader may see it. */
export function describeService(
  options: DescribeServiceOptions,
): ServiceDetail {
  const { ref, view, model, inventory, now } = options;
  const service = model.services().get(ref);
  if (!service) throw new NotFoundError(`There is no service ${ref}.`);

  const claimantsOn = claimants(model, view);
  const describeCell = (cell: ResolvedCell): CellDetail[] => {
    const slots = view.slotsOf(cell);
    if (slots.length === 0) return [];
    return [
      {
        ...view.cellOf(cell),
        targets: slots.map(slot =>
          describeTarget({
            slot,
            inventory,
            claimantOf: claimantsOn(slot.target.cluster),
            now,
          }),
        ),
      },
    ];
  };
  return {
    revision: view.revision(model.number),
    service,
    environments: view.environments(),
    cells: model.cellsOf(ref).flatMap(describeCell),
    clusters: [...model.clusters()],
    problems: view.problems(),
  };
}

/** Finds the services that a workload belongs to among those that the reader may see. */
function claimants(
  model: ReadModel,
  view: View,
): (cluster: string) => ClaimantLookup {
  let services: Map<string, string> | undefined;
  const keyOf = (cluster: string, uid: string) => `${cluster}\n${uid}`;
  return cluster => workload => {
    // Few volumes are mounted by others: the way through all claims is gone only for those.
    services ??= new Map(
      [...model.cells()].flatMap(cell =>
        view
          .slotsOf(cell)
          .flatMap(({ target, claims, service: { ref } }) =>
            claims.map(({ uid }): [string, string] => [
              keyOf(target.cluster, uid),
              ref,
            ]),
          ),
      ),
    );
    const service = services.get(keyOf(cluster, workload.meta.uid));
    return service === undefined ? undefined : { service };
  };
}
