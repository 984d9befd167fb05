import {
  ApiClient,
  ApiError,
  ControllerRevision,
  DaemonSet,
  Pod,
  resources,
} from '../../client';
import { podTemplateHash } from '../deployment/podTemplate';
import { revisionData, revisionText } from '../history/revisionData';
import {
  byRevision,
  isSameRevision,
  renumberRevision,
  REVISION_HASH_LABEL,
  truncateHistory,
} from '../history/revisions';
import { controllerReference } from '../ownership';

/** The revision of the template as it is now, and all others. */
export interface DaemonRevisions {
  current: ControllerRevision;
  old: ControllerRevision[];
}

const hashOf = ({ metadata }: ControllerRevision) =>
  metadata.labels?.[REVISION_HASH_LABEL];

/** Finds the revision of the current template, creates it, or gives it the newest number again. */
export async function daemonRevisions(options: {
  client: ApiClient;
  daemonSet: DaemonSet;
  revisions: ControllerRevision[];
  pods: Pod[];
}): Promise<DaemonRevisions> {
  const { client, daemonSet, pods } = options;
  const revisions = await Promise.all(
    options.revisions.map(revision => labelled(client, revision)),
  );
  const text = revisionText(revisionData(daemonSet.spec.template));
  const isEqual = (it: ControllerRevision) => revisionText(it.data) === text;
  const equal = revisions.filter(isEqual).sort(byRevision);
  const old = revisions.filter(revision => !isEqual(revision));
  const number = Math.max(0, ...old.map(({ revision }) => revision)) + 1;
  const kept = equal.at(-1);
  if (!kept) {
    const current = await snapshot(client, daemonSet, number);
    return { current, old };
  }
  for (const duplicate of equal.slice(0, -1)) {
    await replaceDuplicate({ client, duplicate, kept, pods });
  }
  const current =
    kept.revision < number
      ? await renumberRevision(client, kept, number)
      : kept;
  return { current, old };
}

/** Revisions of very old controllers have no label. */
async function labelled(
  client: ApiClient,
  revision: ControllerRevision,
): Promise<ControllerRevision> {
  const { metadata } = revision;
  return hashOf(revision)
    ? revision
    : client.update(resources.controllerRevisions, {
        ...revision,
        metadata: {
          ...metadata,
          labels: {
            ...metadata.labels,
            [REVISION_HASH_LABEL]: metadata.name ?? '',
          },
        },
      });
}

async function replaceDuplicate(options: {
  client: ApiClient;
  duplicate: ControllerRevision;
  kept: ControllerRevision;
  pods: Pod[];
}): Promise<void> {
  const { client, duplicate, kept, pods } = options;
  for (const { metadata } of pods) {
    if (metadata.labels?.[REVISION_HASH_LABEL] === hashOf(duplicate)) {
      await client.patch(
        resources.pods,
        { namespace: metadata.namespace, name: metadata.name ?? '' },
        { metadata: { labels: { [REVISION_HASH_LABEL]: hashOf(kept) } } },
      );
    }
  }
  const { namespace, name = '' } = duplicate.metadata;
  await client.delete(resources.controllerRevisions, { namespace, name });
}

async function snapshot(
  client: ApiClient,
  daemonSet: DaemonSet,
  revision: number,
): Promise<ControllerRevision> {
  const { metadata, spec, status } = daemonSet;
  const { namespace } = metadata;
  const hash = podTemplateHash(spec.template, status?.collisionCount);
  const name = `${metadata.name}-${hash}`;
  const wanted: ControllerRevision = {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name,
      namespace,
      labels: {
        ...spec.template.metadata?.labels,
        [REVISION_HASH_LABEL]: hash,
      },
      annotations: metadata.annotations,
      ownerReferences: [controllerReference(daemonSet, resources.daemonSets)],
    },
    data: revisionData(spec.template),
    revision,
  };
  try {
    return await client.create(resources.controllerRevisions, wanted);
  } catch (error) {
    if (!ApiError.is(error, 409) || error.reason !== 'AlreadyExists') {
      throw error;
    }
    const existing = await client.get(resources.controllerRevisions, {
      namespace,
      name,
    });
    if (isSameRevision(existing, wanted)) {
      return existing;
    }
    await client.updateStatus(resources.daemonSets, {
      ...daemonSet,
      status: {
        ...status!,
        collisionCount: (status?.collisionCount ?? 0) + 1,
      },
    });
    throw error;
  }
}

/** Deletes the oldest revisions that no pod is of. */
export function cleanUpRevisions(options: {
  client: ApiClient;
  daemonSet: DaemonSet;
  old: ControllerRevision[];
  pods: Pod[];
}): Promise<void> {
  const { client, daemonSet, old, pods } = options;
  const live = new Set(
    pods.map(({ metadata }) => metadata.labels?.[REVISION_HASH_LABEL]),
  );
  const idle = old.filter(it => !live.has(hashOf(it))).sort(byRevision);
  // Those that pods are of count against the limit too, though they stay.
  const limit =
    (daemonSet.spec.revisionHistoryLimit ?? 10) - (old.length - idle.length);
  return truncateHistory({ client, idle, limit: Math.max(0, limit) });
}
