import { ObjectMeta } from './ObjectMeta';

/**
 * One way through an ingress; the default backend is a route without host and path.
 *
 * @public
 */
export interface IngressRoute {
  host?: string;
  path?: string;
  /** Name of the exposure that it leads to; absent where it leads to another kind of object. */
  exposure?: string;
  /** Number or name of the exposure's port. */
  port?: string;
}

/** @public */
export interface IngressObject {
  kind: 'Ingress';
  meta: ObjectMeta;
  className?: string;
  routes: readonly IngressRoute[];
  /** Hosts that are served over TLS. */
  tlsHosts: readonly string[];
  /** It has a TLS section that names no host, which is for all of them. */
  tlsForAll: boolean;
  /** Addresses of its load balancer, once it has some. */
  addresses: readonly string[];
}
