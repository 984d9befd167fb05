import { ControllerRevisionObject } from '../objects/ControllerRevisionObject';
import { DaemonSetObject } from '../objects/DaemonSetObject';
import { PodObject } from '../objects/PodObject';
import { StatefulSetObject } from '../objects/StatefulSetObject';
import { CONTROLLER_REVISION_HASH_LABEL } from '../labels/wellKnownLabels';
import { sameContainers } from './sameContainers';

/**
 * The revision of what a StatefulSet or a DaemonSet asks for now.
 *
 * Before its controller has seen a change of the template there is none yet: undefined.
 *
 * @public
 */
export function newestControllerRevision(options: {
  workload: StatefulSetObject | DaemonSetObject;
  revisions: readonly ControllerRevisionObject[];
}): ControllerRevisionObject | undefined {
  const { workload } = options;
  const owned = options.revisions
    .filter(
      ({ meta }) =>
        !meta.controller || meta.controller.uid === workload.meta.uid,
    )
    .sort(
      (a, b) => b.revision - a.revision || (a.meta.name < b.meta.name ? -1 : 1),
    );
  const named =
    workload.kind === 'StatefulSet'
      ? owned.find(({ meta }) => meta.name === workload.updateRevision)
      : undefined;
  const newest = named ?? owned[0];
  const observed =
    (workload.observedGeneration ?? 0) >= (workload.meta.generation ?? 0);
  return newest &&
    (observed ||
      !newest.template ||
      sameContainers(newest.template.containers, workload.template.containers))
    ? newest
    : undefined;
}

/**
 * Whether a pod runs a revision. The label of a StatefulSet's pod is the revision's name, that of a
 * DaemonSet's pod only its hash. A pod without the label counts: its troubles must not be taken for past.
 */
export function runsRevision(
  pod: PodObject,
  revision: { workload: string; name: string },
): boolean {
  const label = pod.meta.labels[CONTROLLER_REVISION_HASH_LABEL];
  return (
    label === undefined ||
    label === revision.name ||
    `${revision.workload}-${label}` === revision.name
  );
}
