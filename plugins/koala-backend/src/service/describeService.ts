import { NotFoundError } from '@backstage/errors';
import {
  CellDetail,
  ServiceDetail,
} from '@koala-ops/backstage-plugin-koala-common';
import { InventoryReader } from '../inventory/InventoryReader';
import { ReadModel } from '../resolution/ReadModel';
import { ResolvedCell } from '../resolution/ResolvedChange';
import { describeTarget } from './describeTarget';
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
        targets: slots.map(slot =>
          describeTarget({
            slot,
            state: view.stateOf(slot),
            inventory,
            claimantsOf: ({ meta }) =>
              view.claimantsOf(slot.target.cluster, meta.uid),
            now,
          }),
        ),
      },
    ];
  };
  return {
    revision: view.revision(model.number),
    service: view.summaryOf(service),
    environments: view.environments(),
    cells: model.cellsOf(ref).flatMap(describeCell),
    clusters: view.clusters(),
    problems: view.problems(),
  };
}
