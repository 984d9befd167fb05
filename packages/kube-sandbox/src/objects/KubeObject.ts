/** Fields of an object whose shape is known by its kind's schema only. */
export type Fields = Record<string, any>;

/** A reference from an object to the one that owns it. */
export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/** The metadata that every object carries; times are RFC 3339 strings in UTC with seconds. */
export interface ObjectMetadata {
  name: string;
  generateName?: string;
  namespace?: string;
  uid: string;
  resourceVersion: string;
  generation?: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerReference[];
  finalizers?: string[];
  managedFields?: Fields[];
}

/** Any Kubernetes object, as it is stored and sent. */
export interface KubeObject {
  kind: string;
  apiVersion: string;
  metadata: ObjectMetadata;
  spec?: Fields;
  status?: Fields;
  [field: string]: any;
}
