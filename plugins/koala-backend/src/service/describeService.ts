import { NotFoundError } from '@backstage/errors';
import {
  CellDetail,
  ServiceDetail,
  TargetDetail,
} from '@koala-ops/backstage-plugin-koala-common';
import { InventoryReader } from '../inventory/InventoryReader';
import { ReadModel } from '../resolution/ReadModel';
import { ResolvedCell } from '../resolution/ResolvedChange';
import { Slot } from '../resolution/Slot';
import { describeExposures } from './describeExposures';
import { describeWorkload } from './describeWorkload';
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

  const describeCell = (cell: ResolvedCell): CellDetail[] => {
    const slots = view.slotsOf(cell);
    if (slots.length === 0) return [];
    return [
      {
        ...view.cellOf(cell),
        targets: slots.map(slot => describeTarget({ slot, inventory, now })),
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

function describeTarget(options: {
  slot: Slot;
  inventory: InventoryReader;
  now: number;
}): TargetDetail {
  const { slot, inventory, now } = options;
  const { cluster } = slot.target;
  const workloads = slot.claims.flatMap(({ namespace, uid }) => {
    for (const deployment of inventory.list(cluster, 'Deployment', namespace)) {
      if (deployment.meta.uid === uid) return [deployment];
    }
    return [];
  });
  return {
    ...slot.state,
    namespaces: [...slot.namespaces],
    workloads: workloads.map(deployment =>
      describeWorkload({ cluster, deployment, inventory, now }),
    ),
    exposures: describeExposures({ cluster, workloads, inventory, now }),
  };
}
