/**
 * Annotations on a catalog entity that decide how it finds its workloads; upstream's own names.
 *
 * @public
 */
export const KUBERNETES_ID_ANNOTATION = 'backstage.io/kubernetes-id';

/** @public */
export const KUBERNETES_LABEL_SELECTOR_ANNOTATION =
  'backstage.io/kubernetes-label-selector';

/** Narrows the namespaces of every target. @public */
export const KUBERNETES_NAMESPACE_ANNOTATION =
  'backstage.io/kubernetes-namespace';

/**
 * Names the namespaces of a service by environment, in place of those that the environment has for it:
 * `dev=shop-dev,prod=shop`; an environment may be named again for a further namespace.
 *
 * @public
 */
export const NAMESPACES_ANNOTATION = 'koala.io/namespaces';

/** Narrows the targets to one cluster. @public */
export const KUBERNETES_CLUSTER_ANNOTATION = 'backstage.io/kubernetes-cluster';

/** Written by the Deployment controller on Deployments and ReplicaSets. @public */
export const REVISION_ANNOTATION = 'deployment.kubernetes.io/revision';

/** Why a revision was rolled out, in the words of whoever did it. @public */
export const CHANGE_CAUSE_ANNOTATION = 'kubernetes.io/change-cause';

/** Names the main container of a pod, as kubectl reads it. @public */
export const DEFAULT_CONTAINER_ANNOTATION =
  'kubectl.kubernetes.io/default-container';

/** Written by `kubectl rollout restart` on the pod template. @public */
export const RESTARTED_AT_ANNOTATION = 'kubectl.kubernetes.io/restartedAt';

/**
 * The annotations of Kubernetes objects that Koala keeps; all others are dropped by the projection.
 *
 * @public
 */
export const KEPT_ANNOTATIONS: readonly string[] = [
  REVISION_ANNOTATION,
  CHANGE_CAUSE_ANNOTATION,
  DEFAULT_CONTAINER_ANNOTATION,
  RESTARTED_AT_ANNOTATION,
];
