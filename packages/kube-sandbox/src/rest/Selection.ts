import { Cluster } from '../apiserver/Cluster';
import { KubeObject } from '../objects/KubeObject';
import { ResourceType } from '../registry/Registry';
import { matchesFields, parseFieldSelector } from '../selectors/fieldSelector';
import { matchesLabels, parseLabelSelector } from '../selectors/labelSelector';

/** Which objects of a resource a list, watch or deletecollection is about. */
export interface Selection {
  namespace?: string;
  /** Whether a label or field selector narrows it, beyond the namespace. */
  narrowed: boolean;
  matches(object: KubeObject): boolean;
}

/** Reads `labelSelector` and `fieldSelector`; throws a 400 where they cannot be understood. */
export function parseSelection(options: {
  cluster: Cluster;
  type: ResourceType;
  namespace?: string;
  query: URLSearchParams;
}): Selection {
  const { cluster, type, namespace, query } = options;
  const labels = parseLabelSelector(query.get('labelSelector') ?? '');
  const fields = parseFieldSelector(
    query.get('fieldSelector') ?? '',
    type.selectable,
  );
  return {
    namespace,
    narrowed: labels.length + fields.length > 0,
    matches: object =>
      (!namespace || object.metadata.namespace === namespace) &&
      (cluster.faults.ignoreSelector === true ||
        (matchesLabels(labels, object.metadata.labels) &&
          matchesFields(fields, type.selectable, object))),
  };
}
