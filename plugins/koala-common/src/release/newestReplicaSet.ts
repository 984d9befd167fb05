import { DeploymentObject } from '../objects/DeploymentObject';
import { ReplicaSetObject } from '../objects/ReplicaSetObject';
import { sameContainers } from './sameContainers';

/** Newest first: by revision, then by age; by name in the end, so that the order never depends on chance. */
export function byRevision(a: ReplicaSetObject, b: ReplicaSetObject): number {
  return (
    (b.revision ?? 0) - (a.revision ?? 0) ||
    b.meta.createdAt - a.meta.createdAt ||
    (a.meta.name < b.meta.name ? -1 : 1)
  );
}

/**
 * The ReplicaSet that runs what the Deployment asks for now.
 *
 * It is the one of the Deployment's revision, once the controller has seen the template. Before that
 * moment the revision still names the old one, and nothing runs the new template yet: undefined.
 *
 * @public
 */
export function newestReplicaSet(options: {
  deployment: DeploymentObject;
  replicaSets: Iterable<ReplicaSetObject>;
}): ReplicaSetObject | undefined {
  const { deployment } = options;
  const owned = [...options.replicaSets]
    .filter(
      ({ meta }) =>
        !meta.controller || meta.controller.uid === deployment.meta.uid,
    )
    .sort(byRevision);
  const newest =
    owned.find(
      ({ revision }) =>
        revision !== undefined && revision === deployment.revision,
    ) ?? owned[0];
  const observed =
    (deployment.observedGeneration ?? 0) >= (deployment.meta.generation ?? 0);
  return newest &&
    (observed ||
      sameContainers(
        newest.template.containers,
        deployment.template.containers,
      ))
    ? newest
    : undefined;
}
