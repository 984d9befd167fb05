import {
  KUBERNETES_CLUSTER_ANNOTATION,
  KUBERNETES_NAMESPACE_ANNOTATION,
} from '../annotations';
import { ServiceIdentity } from '../services/ServiceIdentity';

/** Values of an annotation that may name several, or undefined where the entity does not carry it. */
function namedBy(
  service: ServiceIdentity,
  annotation: string,
): string[] | undefined {
  return service.annotations[annotation]
    ?.split(',')
    .map(name => name.trim())
    .filter(name => name !== '');
}

/**
 * What `backstage.io/kubernetes-cluster` and `backstage.io/kubernetes-namespace` leave of a target's
 * namespaces. They only ever take away, so that two environments of one cluster never show the same
 * workload. Empty where the service is not looked for in this target. An annotation without a value
 * narrows nothing.
 *
 * @public
 */
export function narrowTarget(options: {
  service: ServiceIdentity;
  cluster: string;
  namespaces: readonly string[];
}): readonly string[] {
  const { service, cluster, namespaces } = options;
  const clusters = namedBy(service, KUBERNETES_CLUSTER_ANNOTATION);
  if (clusters?.length && !clusters.includes(cluster)) {
    return [];
  }
  const names = namedBy(service, KUBERNETES_NAMESPACE_ANNOTATION);
  return names?.length
    ? namespaces.filter(name => names.includes(name))
    : namespaces;
}
