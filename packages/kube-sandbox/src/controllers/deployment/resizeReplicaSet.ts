import { isDeepStrictEqual } from 'util';
import {
  ApiClient,
  Deployment,
  EventRecorder,
  ReplicaSet,
  resources,
} from '../../client';
import { replicasOf, sizeAnnotations } from './replicas';

/**
 * Gives a ReplicaSet another size and notes for which size of the Deployment that is. Returns the
 * ReplicaSet as it is now, the same object where there was nothing to do.
 */
export async function resizeReplicaSet(options: {
  client: ApiClient;
  recorder: EventRecorder;
  deployment: Deployment;
  replicaSet: ReplicaSet;
  replicas: number;
  /** Note the Deployment's size even where the ReplicaSet's stays. */
  noteSize?: boolean;
}): Promise<ReplicaSet> {
  const { client, recorder, deployment, replicaSet, replicas } = options;
  const { metadata, spec } = replicaSet;
  const before = replicasOf(replicaSet);
  const annotations = {
    ...metadata.annotations,
    ...sizeAnnotations(deployment),
  };
  const isNoted = isDeepStrictEqual(annotations, metadata.annotations);
  if (before === replicas && (isNoted || !options.noteSize)) {
    return replicaSet;
  }
  const resized = await client.update(resources.replicaSets, {
    ...replicaSet,
    metadata: { ...metadata, annotations },
    spec: { ...spec, replicas },
  });
  if (before !== replicas) {
    const direction = before < replicas ? 'up' : 'down';
    recorder.record({
      object: deployment,
      resource: resources.deployments,
      type: 'Normal',
      reason: 'ScalingReplicaSet',
      message: `Scaled ${direction} replica set ${metadata.name} from ${before} to ${replicas}`,
    });
  }
  return resized;
}
