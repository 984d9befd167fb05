import {
  ApiClient,
  ApiError,
  ControllerRevision,
  KubeObject,
  PodTemplate,
  Resource,
  resources,
} from '../../client';
import { controllerReference } from '../ownership';
import { safeEncode } from '../safeName';
import { revisionData, revisionText } from './revisionData';

/** On every pod: the revision of its workload that it was made from. */
export const REVISION_HASH_LABEL = 'controller-revision-hash';

/** On the ControllerRevisions of StatefulSets. */
const DATA_HASH_LABEL = 'controller.kubernetes.io/hash';

/** Names may have 253 characters, and the hash must stay. */
const MAX_PREFIX = 223;

/** FNV-1, 32 bit, of the data and the number of collisions before, as the real controllers hash it. */
export function revisionHash(data: unknown, collisionCount: number): string {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(revisionText(data) + collisionCount)) {
    hash = (Math.imul(hash, 0x01000193) ^ byte) >>> 0;
  }
  return safeEncode(hash);
}

/** Whether two revisions bring back the same. */
export function isSameRevision(
  a: ControllerRevision,
  b: ControllerRevision,
): boolean {
  return revisionText(a.data) === revisionText(b.data);
}

/** Lowest revision first; of equal ones the older first. */
export function byRevision(
  a: ControllerRevision,
  b: ControllerRevision,
): number {
  const created = (it: ControllerRevision) =>
    it.metadata.creationTimestamp ?? '';
  return (
    a.revision - b.revision ||
    created(a).localeCompare(created(b)) ||
    (a.metadata.name ?? '').localeCompare(b.metadata.name ?? '')
  );
}

/** The revision of a workload's template, named after its content; not created yet. */
export function newRevision<T extends KubeObject>(options: {
  owner: T & { spec: { template: PodTemplate } };
  ownerResource: Resource<T>;
  revision: number;
  collisionCount: number;
}): ControllerRevision {
  const { owner, ownerResource, revision, collisionCount } = options;
  const { name = '', namespace, annotations } = owner.metadata;
  const { template } = owner.spec;
  const data = revisionData(template);
  const hash = revisionHash(data, collisionCount);
  return {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: `${name.slice(0, MAX_PREFIX)}-${hash}`,
      namespace,
      labels: { ...template.metadata?.labels, [DATA_HASH_LABEL]: hash },
      annotations,
      ownerReferences: [controllerReference<T>(owner, ownerResource)],
    },
    data,
    revision,
  };
}

/**
 * Creates a revision; where its name is taken by other content, under the next name. Resolves with the
 * revision and the number of collisions.
 */
export async function createRevision(options: {
  client: ApiClient;
  /** Builds the revision for a number of collisions. */
  build: (collisionCount: number) => ControllerRevision;
  collisionCount: number;
}): Promise<{ revision: ControllerRevision; collisionCount: number }> {
  const { client, build } = options;
  for (let { collisionCount } = options; ; collisionCount += 1) {
    const wanted = build(collisionCount);
    const { namespace, name = '' } = wanted.metadata;
    try {
      const revision = await client.create(
        resources.controllerRevisions,
        wanted,
      );
      return { revision, collisionCount };
    } catch (error) {
      if (!ApiError.is(error, 409) || error.reason !== 'AlreadyExists') {
        throw error;
      }
    }
    const existing = await client.get(resources.controllerRevisions, {
      namespace,
      name,
    });
    if (isSameRevision(existing, wanted)) {
      return { revision: existing, collisionCount };
    }
  }
}

/** Gives a revision that was there before the number of the newest. */
export async function renumberRevision(
  client: ApiClient,
  revision: ControllerRevision,
  number: number,
): Promise<ControllerRevision> {
  return revision.revision === number
    ? revision
    : client.update(resources.controllerRevisions, {
        ...revision,
        revision: number,
      });
}

/** Deletes the oldest of these revisions beyond the limit. */
export async function truncateHistory(options: {
  client: ApiClient;
  /** Revisions that no pod is of, oldest first. */
  idle: ControllerRevision[];
  limit: number | undefined;
}): Promise<void> {
  const { client, idle, limit = 10 } = options;
  const surplus = Math.max(0, idle.length - limit);
  for (const { metadata } of idle.slice(0, surplus)) {
    const { namespace, name = '' } = metadata;
    try {
      await client.delete(resources.controllerRevisions, { namespace, name });
    } catch (error) {
      if (!ApiError.is(error, 404)) {
        throw error;
      }
    }
  }
}
