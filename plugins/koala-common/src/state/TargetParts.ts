import { IngressRoute } from '../objects/IngressObject';
import { Reason } from '../status/Reason';
import { Status } from '../status/Status';

/**
 * A workload that mounts a volume.
 *
 * @public
 */
export interface VolumeMount {
  kind: string;
  name: string;
  /** Entity reference of another service that it belongs to, where the reader may see that. */
  service?: string;
}

/**
 * A PersistentVolumeClaim that a service mounts.
 *
 * @public
 */
export interface VolumeDetail {
  name: string;
  namespace: string;
  status: Status;
  reason?: Reason;
  /** `Pending`, `Bound`, `Lost`; `Missing` where there is no such claim. */
  phase: string;
  className?: string;
  /** Whether one pod or many can mount it; absent where there is no such claim. */
  access?: 'single' | 'shared';
  accessModes: string[];
  /** As Kubernetes writes it: `10Gi`. */
  capacity?: string;
  requested?: string;
  /** Workloads that mount it, those of other services last. */
  mountedBy: VolumeMount[];
  /** Further workloads that mount it, of which the reader may not see any more than that. */
  alsoMounted?: number;
  createdAt: number;
}

/** @public */
export interface RouteDetail extends IngressRoute {
  /** Where it is reached from outside; absent for a route without a host. */
  url?: string;
}

/**
 * An ingress that leads to an exposure of a service.
 *
 * @public
 */
export interface IngressDetail {
  name: string;
  namespace: string;
  status: Status;
  reason?: Reason;
  className?: string;
  /** Those that lead to the service; others may not be its own. */
  routes: RouteDetail[];
  addresses: string[];
  createdAt: number;
}
