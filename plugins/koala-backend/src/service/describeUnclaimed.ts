import {
  judgeWorkload,
  NearMiss,
  nearMissOf,
  Target,
  UnclaimedWorkload,
  WorkloadObject,
} from '@koala-ops/backstage-plugin-koala-common';
import { kindsFor } from '../resolution/neededKinds';
import { partsOf } from '../resolution/partsOf';
import { Slot } from '../resolution/Slot';
import { unreadableIn } from '../resolution/unreadableIn';
import {
  EnvironmentContext,
  namespacesOfTarget,
  seenSlots,
  unclaimedIn,
} from './EnvironmentView';

/** The workloads of an environment that no service claims, and whose they probably are. */
export function describeUnclaimed(
  context: EnvironmentContext,
): UnclaimedWorkload[] {
  const { environment } = context;
  const slots = [...seenSlots(context).values()].flat();
  return environment.targets.flatMap(target => {
    const { cluster } = target;
    const idle = slots.filter(
      slot => slot.target.name === target.name && slot.claims.length === 0,
    );
    return namespacesOfTarget(context, { target, slots })
      .flatMap(namespace => unclaimedIn(context, { cluster, namespace }))
      .map(workload => describe({ context, target, idle, workload }))
      .sort(byPlace);
  });
}

function describe(options: {
  context: EnvironmentContext;
  target: Target;
  /** Slots of the target that have found nothing. */
  idle: readonly Slot[];
  workload: WorkloadObject;
}): UnclaimedWorkload {
  const { context, target, idle, workload } = options;
  const { inventory, model, now } = context;
  const { name, namespace } = workload.meta;
  const { cluster } = target;
  const judged = judgeWorkload({
    workload,
    ...partsOf({ cluster, workload, inventory }),
    now,
  });
  const unseen = unreadableIn({
    cluster,
    namespace,
    kinds: kindsFor(workload),
    inventory,
  });
  return {
    target: target.name,
    cluster,
    kind: workload.kind,
    name,
    namespace,
    status: unseen ? 'unknown' : judged.status,
    since: unseen ? undefined : judged.since,
    reason: unseen ? unseen.reason : judged.reasons[0],
    release: judged.release,
    ready: judged.ready,
    desired: judged.desired,
    createdAt: workload.meta.createdAt,
    nearMisses: idle
      .filter(({ namespaces }) => namespaces.includes(namespace))
      .flatMap(
        ({ service }): NearMiss[] | NearMiss =>
          nearMissOf({
            matching: model.matchingOf(service.ref)!,
            service,
            workload,
          }) ?? [],
      ),
  };
}

function byPlace(a: UnclaimedWorkload, b: UnclaimedWorkload): number {
  return (
    a.namespace.localeCompare(b.namespace) ||
    a.name.localeCompare(b.name) ||
    a.kind.localeCompare(b.kind)
  );
}
