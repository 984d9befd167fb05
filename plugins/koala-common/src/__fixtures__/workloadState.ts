import { Status } from '../status/Status';
import { WorkloadState } from '../state/WorkloadState';

/** A workload as it is judged, healthy with two pods unless told otherwise. */
export function workloadState(
  options: Partial<WorkloadState> & { version?: string } = {},
): WorkloadState {
  const { version = '1.0.0', status = 'healthy' as Status, ...rest } = options;
  return {
    kind: 'Deployment',
    name: 'cart',
    namespace: 'shop',
    status,
    reasons:
      status === 'healthy'
        ? []
        : [{ code: status, message: `${rest.name ?? 'cart'} is ${status}` }],
    release: { version, source: 'tag', image: `cart:${version}` },
    ready: 2,
    desired: 2,
    updated: 2,
    createdAt: 0,
    ...rest,
  };
}
