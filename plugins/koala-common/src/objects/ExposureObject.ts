import { ObjectMeta } from './ObjectMeta';

/** @public */
export type ExposureType =
  | 'ClusterIP'
  | 'NodePort'
  | 'LoadBalancer'
  | 'Headless'
  | 'ExternalName';

/** @public */
export interface ExposurePort {
  name?: string;
  protocol: string;
  port: number;
  targetPort?: string;
  nodePort?: number;
}

/**
 * A Kubernetes Service: how a workload is reached.
 *
 * @public
 */
export interface ExposureObject {
  kind: 'Service';
  meta: ObjectMeta;
  type: ExposureType;
  /** Labels a pod must carry; empty where the exposure selects nothing. */
  selector: Readonly<Record<string, string>>;
  ports: readonly ExposurePort[];
  externalName?: string;
  /** Addresses of a load balancer, once it has some. */
  addresses: readonly string[];
}
