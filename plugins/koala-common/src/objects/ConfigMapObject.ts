import { ObjectMeta } from './ObjectMeta';

/**
 * A ConfigMap without its values.
 *
 * @public
 */
export interface ConfigMapObject {
  kind: 'ConfigMap';
  meta: ObjectMeta;
  /** A hash of the value for each key, text and binary ones alike. */
  hashes: Readonly<Record<string, string>>;
}
