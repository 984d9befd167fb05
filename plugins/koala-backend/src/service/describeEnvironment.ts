import {
  cellOf,
  countStatuses,
  EnvironmentOverview,
  EnvironmentTarget,
  formatSelector,
  NamespaceScope,
  Target,
} from '@koala-ops/backstage-plugin-koala-common';
import { KINDS_FOR_NOTHING } from '../resolution/neededKinds';
import { Slot } from '../resolution/Slot';
import {
  unlistedNamespaces,
  Unreadable,
  unreadableIn,
} from '../resolution/unreadableIn';
import {
  EnvironmentContext,
  namespacesOfTarget,
  seenSlots,
  unclaimedIn,
} from './EnvironmentView';

/** An environment with what it adds up to, over what the reader may see. */
export function describeEnvironment(
  context: EnvironmentContext,
): EnvironmentOverview {
  const { environment, view } = context;
  const seen = seenSlots(context);
  const slots = [...seen.values()].flat();
  const { name, title, tier, promotesFrom } = view
    .environments()
    .find(one => one.name === environment.name)!;
  return {
    name,
    title,
    tier,
    promotesFrom,
    targets: environment.targets.map(target =>
      describeTargetOf(context, target, slots),
    ),
    services: seen.size,
    counts: countStatuses(
      [...seen].map(([service, own]) =>
        cellOf({
          service,
          environment: name,
          targets: own.map(({ state }) => state),
        }),
      ),
    ),
    workloads: new Set(
      slots.flatMap(({ target, claims }) =>
        claims.map(({ uid }) => `${target.cluster} ${uid}`),
      ),
    ).size,
  };
}

function describeTargetOf(
  context: EnvironmentContext,
  target: Target,
  slots: readonly Slot[],
): EnvironmentTarget {
  const { inventory } = context;
  const { name, cluster } = target;
  const namespaces = namespacesOfTarget(context, { target, slots });
  const unreadable = unreadableParts(context, target, namespaces);
  const reasons = unreadable
    .filter(({ refused }) => refused)
    .map(({ reason }) => reason);
  const condition = inventory.clusterState(cluster)?.condition;
  const whole =
    unreadable.length === 0 &&
    (condition === 'live' || condition === 'partial');
  return {
    name,
    cluster,
    scope: formatScope(target.namespaces),
    namespaces,
    ...(reasons.length > 0 && { reasons }),
    ...(whole && {
      unclaimed: namespaces.reduce(
        (sum, namespace) =>
          sum + unclaimedIn(context, { cluster, namespace }).length,
        0,
      ),
    }),
  };
}

function unreadableParts(
  { environment, inventory }: EnvironmentContext,
  { cluster, namespaces: scope }: Target,
  namespaces: readonly string[],
): Unreadable[] {
  const unlisted =
    scope.type === 'selector' &&
    unlistedNamespaces({ cluster, environment: environment.name, inventory });
  return [
    ...(unlisted ? [unlisted] : []),
    ...namespaces.flatMap(
      namespace =>
        unreadableIn({
          cluster,
          namespace,
          kinds: KINDS_FOR_NOTHING,
          inventory,
        }) ?? [],
    ),
  ];
}

/** A scope the way the configuration writes it. */
function formatScope(scope: NamespaceScope): string {
  switch (scope.type) {
    case 'names':
      return scope.names.join(', ');
    case 'template':
      return scope.template;
    default:
      return formatSelector(scope.selector);
  }
}
