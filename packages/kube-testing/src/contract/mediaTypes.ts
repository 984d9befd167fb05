/** Discovery of all groups and versions at once. */
export const AGGREGATED_DISCOVERY =
  'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** What `kubectl get` prints. */
export const TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';

/** An object, or the objects of a watch, without anything but metadata. */
export const METADATA =
  'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

/** A list without anything but metadata. */
export const METADATA_LIST =
  'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
