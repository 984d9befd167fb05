/**
 * The version of a service that runs in one target.
 *
 * @public
 */
export interface Release {
  /** As people say it: `1.4.2`, `main-3f2c1ab`, `sha256:9e1…`. */
  version: string;
  /** Where the version was read. */
  source: 'tag' | 'label' | 'digest';
  /** The version that is being replaced, while a rollout is under way. */
  previous?: string;
  /** What the label `app.kubernetes.io/version` says, where it disagrees with the tag. */
  labelSays?: string;
  /** Image of the main container, as the template names it. */
  image: string;
  /** `sha256:…` of the image that runs, once a pod has reported it. */
  digest?: string;
  /** Revision of the rollout. */
  revision?: number;
  /** When this release was rolled out: creation of its newest ReplicaSet; ms since the epoch. */
  deployedAt?: number;
}
