import { ObjectMeta } from './ObjectMeta';

/** @public */
export interface EndpointSliceObject {
  kind: 'EndpointSlice';
  meta: ObjectMeta;
  /** Name of the exposure it belongs to (label `kubernetes.io/service-name`). */
  exposure?: string;
  /** `IPv4`, `IPv6` or `FQDN`: an exposure of both families has each pod once per family. */
  addressType?: string;
  ready: number;
  notReady: number;
}
