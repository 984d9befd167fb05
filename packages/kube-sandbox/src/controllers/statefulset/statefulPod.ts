import { Pod, resources, StatefulSet } from '../../client';
import { REVISION_HASH_LABEL } from '../history/revisions';
import { controllerReference } from '../ownership';
import { withClaims } from './claims';
import { identityLabels, podNameOf, startOrdinal } from './identity';

/** A StatefulSet with the template that one of its revisions had. */
export interface RevisedSet {
  set: StatefulSet;
  /** Name of the revision. */
  revision: string;
}

/** Revision that a pod was made from. */
export function podRevision(pod: Pod): string {
  return pod.metadata.labels?.[REVISION_HASH_LABEL] ?? '';
}

/** A pod of this ordinal that is still to be created. */
export function newStatefulPod(
  { set, revision }: RevisedSet,
  ordinal: number,
): Pod {
  const { template, serviceName } = set.spec;
  const { labels, annotations, finalizers } = template.metadata ?? {};
  const name = podNameOf(set, ordinal);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      generateName: `${set.metadata.name}-`,
      namespace: set.metadata.namespace,
      labels: {
        ...labels,
        ...identityLabels(set, ordinal),
        [REVISION_HASH_LABEL]: revision,
      },
      annotations,
      finalizers,
      ownerReferences: [controllerReference(set, resources.statefulSets)],
    },
    spec: {
      ...template.spec,
      hostname: name,
      subdomain: serviceName || undefined,
      volumes: withClaims(set, ordinal, template.spec.volumes),
    },
  };
}

/**
 * A missing pod, at the revision that it has to have: below the partition that is the one before the
 * update.
 */
export function missingPod(options: {
  current: RevisedSet;
  update: RevisedSet;
  ordinal: number;
}): Pod {
  const { current, update, ordinal } = options;
  const { spec, status } = current.set;
  const { type, rollingUpdate } = spec.updateStrategy ?? {};
  const kept = rollingUpdate
    ? rollingUpdate.partition ?? 0
    : (type === 'RollingUpdate' && status?.currentReplicas) || 0;
  const isKept = ordinal < startOrdinal(current.set) + kept;
  return newStatefulPod(isKept ? current : update, ordinal);
}
