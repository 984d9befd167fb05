import { ObjectMeta } from './ObjectMeta';

/** @public */
export interface NamespaceObject {
  kind: 'Namespace';
  meta: ObjectMeta;
  terminating: boolean;
}
