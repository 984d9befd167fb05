import { KubeObject } from '../../client';
import { SEED_MANAGER } from '../seed';

/** Who the life introduces itself as, and so its field manager. */
export const LIFE_MANAGER = 'ci-pipeline';

/** Written by the demo and by the cluster's own components: nobody's decision. */
const NOBODY = [
  LIFE_MANAGER,
  SEED_MANAGER,
  'kube-controller-manager',
  'kube-scheduler',
];

interface ManagedFields {
  manager?: string;
  subresource?: string;
}

/**
 * Who else than the demo and the cluster wrote to an object, such as `kubectl-set`; undefined where
 * nobody did. The status does not count.
 */
export function touchedBy({ metadata }: KubeObject): string | undefined {
  const { managedFields = [] } = metadata as {
    managedFields?: ManagedFields[];
  };
  return managedFields.find(
    ({ manager, subresource }) =>
      manager && subresource !== 'status' && !NOBODY.includes(manager),
  )?.manager;
}
