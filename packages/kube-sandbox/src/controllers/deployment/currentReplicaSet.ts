import { isDeepStrictEqual } from 'util';
import {
  ApiClient,
  ApiError,
  Deployment,
  EventRecorder,
  LabelSelector,
  ReplicaSet,
  isNamespaceTerminating,
  resources,
} from '../../client';
import { controllerReference, isControlledBy } from '../ownership';
import {
  REVISION_ANNOTATION,
  currentAnnotations,
  nextRevision,
} from './annotations';
import { conditionOf } from './conditions';
import {
  POD_TEMPLATE_HASH_LABEL,
  podTemplateHash,
  sameTemplate,
} from './podTemplate';
import {
  newReplicaSetSize,
  replicasOf,
  sizeAnnotations,
  specReplicas,
} from './replicas';

interface Options {
  client: ApiClient;
  recorder: EventRecorder;
  deployment: Deployment;
  /** The ReplicaSet that has the current template already. */
  existing: ReplicaSet | undefined;
  old: ReplicaSet[];
  /** Whether to create it where it is missing. */
  create: boolean;
}

/** What became of the current ReplicaSet, and what the Deployment's status shall say of it. */
export interface CurrentReplicaSet {
  replicaSet?: ReplicaSet;
  deployment: Deployment;
  progressing?: {
    status: 'True' | 'False';
    reason: string;
    message: string;
  };
  /** Say it in the status first, then fail with this. */
  error?: Error;
}

/**
 * The ReplicaSet of a Deployment's current template, with its revision and annotations brought up to
 * date, or created.
 */
export async function currentReplicaSet(
  options: Options,
): Promise<CurrentReplicaSet> {
  const { existing, deployment, create } = options;
  if (existing) {
    return useExisting(options, existing);
  }
  return create ? createNew(options) : { deployment };
}

async function useExisting(
  options: Options,
  existing: ReplicaSet,
): Promise<CurrentReplicaSet> {
  const { client, deployment, old } = options;
  const annotations = currentAnnotations({
    deployment,
    existing: existing.metadata.annotations,
    revision: nextRevision(old),
  });
  const { minReadySeconds } = deployment.spec;
  let replicaSet = existing;
  if (
    !isDeepStrictEqual(annotations, existing.metadata.annotations ?? {}) ||
    (minReadySeconds ?? 0) !== (existing.spec.minReadySeconds ?? 0)
  ) {
    replicaSet = await client.update(resources.replicaSets, {
      ...existing,
      metadata: { ...existing.metadata, annotations },
      spec: { ...existing.spec, minReadySeconds },
    });
  }
  return {
    replicaSet,
    deployment: await withRevision(options, annotations[REVISION_ANNOTATION]),
    ...(!conditionOf(deployment.status, 'Progressing') && {
      progressing: {
        status: 'True',
        reason: 'FoundNewReplicaSet',
        message: `Found new replica set "${existing.metadata.name}"`,
      },
    }),
  };
}

async function createNew(options: Options): Promise<CurrentReplicaSet> {
  const { client, recorder, deployment, old } = options;
  const wanted = newReplicaSet(deployment, old);
  const name = wanted.metadata.name ?? '';
  let replicaSet: ReplicaSet;
  try {
    replicaSet = await client.create(resources.replicaSets, wanted);
  } catch (error) {
    if (ApiError.is(error, 409) && error.reason === 'AlreadyExists') {
      return useUnseen(options, name, error);
    }
    if (!(error instanceof ApiError) || isNamespaceTerminating(error)) {
      throw error;
    }
    const message = `Failed to create new replica set "${name}": ${error.message}`;
    const reason = 'ReplicaSetCreateError';
    recorder.record({
      object: deployment,
      resource: resources.deployments,
      type: 'Warning',
      reason,
      message,
    });
    return {
      deployment,
      progressing: { status: 'False', reason, message },
      error,
    };
  }
  const replicas = replicasOf(replicaSet);
  if (replicas > 0) {
    recorder.record({
      object: deployment,
      resource: resources.deployments,
      type: 'Normal',
      reason: 'ScalingReplicaSet',
      message: `Scaled up replica set ${name} from 0 to ${replicas}`,
    });
  }
  return {
    replicaSet,
    deployment: await withRevision(options, String(nextRevision(old))),
    progressing: {
      status: 'True',
      reason: 'NewReplicaSetCreated',
      message: `Created new replica set "${name}"`,
    },
  };
}

/** The name is taken: by what we created and have not seen yet, or by another template's ReplicaSet. */
async function useUnseen(
  options: Options,
  name: string,
  error: Error,
): Promise<CurrentReplicaSet> {
  const { client, deployment, old } = options;
  const { namespace } = deployment.metadata;
  const replicaSet = await client.get(resources.replicaSets, {
    namespace,
    name,
  });
  if (
    isControlledBy(replicaSet, deployment) &&
    sameTemplate(replicaSet.spec.template, deployment.spec.template)
  ) {
    return {
      replicaSet,
      deployment: await withRevision(options, String(nextRevision(old))),
    };
  }
  await client.updateStatus(resources.deployments, {
    ...deployment,
    status: {
      ...deployment.status,
      collisionCount: (deployment.status?.collisionCount ?? 0) + 1,
    },
  });
  throw error;
}

function newReplicaSet(deployment: Deployment, old: ReplicaSet[]): ReplicaSet {
  const { template, selector, minReadySeconds } = deployment.spec;
  const hash = podTemplateHash(template, deployment.status?.collisionCount);
  const labels = {
    ...template.metadata?.labels,
    [POD_TEMPLATE_HASH_LABEL]: hash,
  };
  const hashedSelector: LabelSelector = {
    ...selector,
    matchLabels: { ...selector.matchLabels, [POD_TEMPLATE_HASH_LABEL]: hash },
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      // 253 characters are allowed, and the hash must stay.
      name: `${deployment.metadata.name?.slice(0, 242)}-${hash}`,
      namespace: deployment.metadata.namespace,
      labels,
      annotations: {
        ...currentAnnotations({
          deployment,
          existing: undefined,
          revision: nextRevision(old),
        }),
        ...sizeAnnotations(deployment),
      },
      ownerReferences: [controllerReference(deployment, resources.deployments)],
    },
    spec: {
      replicas: newReplicaSetSize({
        deployment,
        current: 0,
        total: specReplicas(old),
      }),
      minReadySeconds,
      selector: hashedSelector,
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
  };
}

/** Written with the status, as a change of annotations alone would count as a new generation. */
async function withRevision(
  { client, deployment }: Options,
  revision: string,
): Promise<Deployment> {
  const { metadata } = deployment;
  const annotations = {
    ...metadata.annotations,
    [REVISION_ANNOTATION]: revision,
  };
  return metadata.annotations?.[REVISION_ANNOTATION] === revision
    ? deployment
    : client.updateStatus(resources.deployments, {
        ...deployment,
        metadata: { ...metadata, annotations },
      });
}
