import { ObjectMeta } from './ObjectMeta';

/** @public */
export interface EndpointSliceObject {
  kind: 'EndpointSlice';
  meta: ObjectMeta;
  /** Name of the exposure it belongs to (label `kubernetes.io/service-name`). */
  exposure?: string;
  ready: number;
  notReady: number;
}
