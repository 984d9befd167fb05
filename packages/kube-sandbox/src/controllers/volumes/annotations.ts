/** On a claim: it was bound once, so that a missing volume means loss. */
export const BIND_COMPLETED = 'pv.kubernetes.io/bind-completed';

/** On a volume or a claim: the controller bound it, not the user. */
export const BOUND_BY_CONTROLLER = 'pv.kubernetes.io/bound-by-controller';

/** On a volume: the provisioner that made it, and that removes it. */
export const PROVISIONED_BY = 'pv.kubernetes.io/provisioned-by';

/** On a claim: the provisioner that shall make a volume for it. */
export const STORAGE_PROVISIONER = 'volume.kubernetes.io/storage-provisioner';

/** The same, under its older name. */
export const BETA_STORAGE_PROVISIONER =
  'volume.beta.kubernetes.io/storage-provisioner';

/** On a claim that waits for its first consumer: the node that the consumer will run on. */
export const SELECTED_NODE = 'volume.kubernetes.io/selected-node';

/** On a StorageClass: claims that name no class get this one. */
export const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

/** Classes with this provisioner have volumes that an administrator made. */
export const NO_PROVISIONER = 'kubernetes.io/no-provisioner';
