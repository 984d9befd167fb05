import { PersistentVolumeClaim, Pod, StatefulSet, Volume } from '../../client';
import { ordinalOf } from './identity';

/** The claims of the pod with this ordinal, as the StatefulSet's templates want them. */
export function claimsFor(
  set: StatefulSet,
  ordinal: number,
): PersistentVolumeClaim[] {
  return (set.spec.volumeClaimTemplates ?? []).map(template => ({
    ...template,
    metadata: {
      ...template.metadata,
      name: claimName(set, template, ordinal),
      namespace: set.metadata.namespace,
      labels: {
        ...template.metadata.labels,
        ...set.spec.selector.matchLabels,
      },
    },
  }));
}

function claimName(
  set: StatefulSet,
  template: PersistentVolumeClaim,
  ordinal: number,
): string {
  return `${template.metadata.name}-${set.metadata.name}-${ordinal}`;
}

/** Volumes of a pod: those of its claims, then the others that its template has. */
export function withClaims(
  set: StatefulSet,
  ordinal: number,
  volumes: Volume[] | undefined = [],
): Volume[] {
  const templates = set.spec.volumeClaimTemplates ?? [];
  const claimed = new Set(templates.map(({ metadata }) => metadata.name));
  return [
    ...templates.map(template => ({
      name: template.metadata.name ?? '',
      persistentVolumeClaim: { claimName: claimName(set, template, ordinal) },
    })),
    ...volumes.filter(({ name }) => !claimed.has(name)),
  ];
}

/** Whether a pod mounts the claims that its StatefulSet has for it. */
export function hasClaims(set: StatefulSet, pod: Pod): boolean {
  const ordinal = ordinalOf(pod);
  return (set.spec.volumeClaimTemplates ?? []).every(template =>
    pod.spec.volumes?.some(
      ({ name, persistentVolumeClaim }) =>
        name === template.metadata.name &&
        persistentVolumeClaim?.claimName === claimName(set, template, ordinal),
    ),
  );
}
