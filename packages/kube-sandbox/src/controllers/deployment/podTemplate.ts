import { isDeepStrictEqual } from 'util';
import { PodTemplate, ReplicaSet } from '../../client';
import { safeEncode } from '../safeName';

/** Tells the pods of one ReplicaSet from those of its siblings. */
export const POD_TEMPLATE_HASH_LABEL = 'pod-template-hash';

/** Without what means nothing: an empty list, map or null is the same as no field. */
function normalized(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.length === 0 ? undefined : value.map(normalized);
  }
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value)
      .map(([key, entry]) => [key, normalized(entry)] as const)
      .filter(([, entry]) => entry !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  }
  return value ?? undefined;
}

function withoutHash(template: PodTemplate): PodTemplate {
  const { [POD_TEMPLATE_HASH_LABEL]: _, ...labels } =
    template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}

/** Whether two templates make the same pods; the hash label does not count. */
export function sameTemplate(a: PodTemplate, b: PodTemplate): boolean {
  return isDeepStrictEqual(
    normalized(withoutHash(a)),
    normalized(withoutHash(b)),
  );
}

/**
 * Short name of a template's content. Not the value the real controller computes (that hashes Go's own
 * print of the struct), but of the same form and as stable.
 */
export function podTemplateHash(
  template: PodTemplate,
  collisionCount = 0,
): string {
  const text =
    JSON.stringify(normalized(withoutHash(template))) + (collisionCount || '');
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return safeEncode(hash);
}

/** Of several ReplicaSets with the same template the oldest counts, as it has the pods. */
export function findNewReplicaSet(
  template: PodTemplate,
  oldestFirst: ReplicaSet[],
): ReplicaSet | undefined {
  return oldestFirst.find(replicaSet =>
    sameTemplate(replicaSet.spec.template, template),
  );
}
