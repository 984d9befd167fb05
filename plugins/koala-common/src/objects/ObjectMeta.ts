/**
 * The part of an object's metadata that Koala keeps. Times are milliseconds since the epoch.
 *
 * @public
 */
export interface ObjectMeta {
  uid: string;
  name: string;
  /** Empty for objects that have no namespace. */
  namespace: string;
  resourceVersion: string;
  labels: Readonly<Record<string, string>>;
  /** Only the annotations that Koala reads: see `KEPT_ANNOTATIONS`. */
  annotations: Readonly<Record<string, string>>;
  /** 0 where the object does not say. */
  createdAt: number;
  /** When its deletion was asked for; 0 where it is being deleted at a time that cannot be read. */
  deletedAt?: number;
  generation?: number;
  /** The owner with `controller: true`. */
  controller?: { kind: string; name: string; uid: string };
}
