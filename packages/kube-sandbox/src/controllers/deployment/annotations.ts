import { Deployment, ReplicaSet } from '../../client';

/** Number of the rollout, on the Deployment and on each of its ReplicaSets. */
export const REVISION_ANNOTATION = 'deployment.kubernetes.io/revision';

/** Earlier revisions of a ReplicaSet that was rolled back to. */
export const REVISION_HISTORY_ANNOTATION =
  'deployment.kubernetes.io/revision-history';

/** Replicas of the Deployment when the ReplicaSet was sized last: tells scaling from rolling out. */
export const DESIRED_REPLICAS_ANNOTATION =
  'deployment.kubernetes.io/desired-replicas';

/** The same, with the surge. */
export const MAX_REPLICAS_ANNOTATION = 'deployment.kubernetes.io/max-replicas';

const LAST_APPLIED_ANNOTATION =
  'kubectl.kubernetes.io/last-applied-configuration';

const NOT_COPIED = new Set([
  LAST_APPLIED_ANNOTATION,
  REVISION_ANNOTATION,
  REVISION_HISTORY_ANNOTATION,
  DESIRED_REPLICAS_ANNOTATION,
  MAX_REPLICAS_ANNOTATION,
  'deprecated.deployment.rollback.to',
]);

/** 0 where the annotation is missing or no number. */
export function revisionOf(object: {
  metadata: { annotations?: Record<string, string> };
}): number {
  const revision = Number(object.metadata.annotations?.[REVISION_ANNOTATION]);
  return Number.isInteger(revision) ? revision : 0;
}

/** The revision of a new rollout beside these old ReplicaSets. */
export function nextRevision(old: ReplicaSet[]): number {
  return Math.max(0, ...old.map(revisionOf)) + 1;
}

/**
 * Annotations of the current ReplicaSet: what it has, the Deployment's own, and the revision. A revision
 * never goes down; one that goes up means a rollback to this ReplicaSet, and the old one is kept.
 */
export function currentAnnotations(options: {
  deployment: Deployment;
  existing: Record<string, string> | undefined;
  revision: number;
}): Record<string, string> {
  const { deployment, existing = {}, revision } = options;
  const annotations = { ...existing };
  for (const [key, value] of Object.entries(
    deployment.metadata.annotations ?? {},
  )) {
    if (!NOT_COPIED.has(key)) {
      annotations[key] = value;
    }
  }
  const before = existing[REVISION_ANNOTATION];
  if ((Number(before) || 0) < revision) {
    annotations[REVISION_ANNOTATION] = String(revision);
    if (before !== undefined) {
      annotations[REVISION_HISTORY_ANNOTATION] = [
        ...(existing[REVISION_HISTORY_ANNOTATION]?.split(',') ?? []),
        before,
      ]
        .filter(Boolean)
        .slice(-100)
        .join(',');
    }
  }
  return annotations;
}
