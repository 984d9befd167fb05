import { Reason, WatchedKind } from '@koala-ops/backstage-plugin-koala-common';
import { InventoryReader, KindState } from '../inventory/InventoryReader';
import { WATCHED_RESOURCES } from '../reflector/WatchedResource';

/** Why something cannot be seen. */
export interface Unreadable {
  reason: Reason;
  /** The account lacks a right; it is no fault of the cluster, nor of its credential. */
  refused: boolean;
}

type KindError = NonNullable<KindState['error']>;

/**
 * What keeps the kinds from being seen in a namespace, or undefined where all of them are. A right that is
 * missing counts more than a kind that is still being read.
 */
export function unreadableIn(options: {
  cluster: string;
  namespace: string;
  kinds: readonly WatchedKind[];
  inventory: InventoryReader;
}): Unreadable | undefined {
  const { cluster, namespace, kinds, inventory } = options;
  const states = kinds.map(kind => ({
    kind,
    ...inventory.kindState(cluster, kind, namespace),
  }));
  const refused = states.filter(({ error }) => error?.code === 'forbidden');
  if (refused.length > 0) {
    return {
      refused: refused.some(({ error }) => error!.verb),
      reason: {
        code:
          refused.length === kinds.length
            ? 'NamespaceForbidden'
            : 'KindForbidden',
        message: `The account may not ${verbOf(refused[0].error!)} ${sentenceOf(
          refused.map(({ kind }) => kind),
        )} in the namespace ${namespace} of ${cluster}.`,
        nextStep: `Bind it to a Role in ${namespace} that allows list and watch of ${pluralsOf(
          refused.map(({ kind }) => kind),
        )}.`,
        object: { kind: 'Namespace', name: namespace },
      },
    };
  }
  const broken = states.find(({ error }) => error);
  if (broken) {
    return {
      refused: false,
      reason: { code: 'KindUnreadable', message: broken.error!.message },
    };
  }
  return states.every(({ synced }) => synced)
    ? undefined
    : { refused: false, reason: notYetSynced(cluster) };
}

/** What keeps namespaces from being found by their labels; undefined where nothing does. */
export function unlistedNamespaces(options: {
  cluster: string;
  environment: string;
  inventory: InventoryReader;
}): Unreadable | undefined {
  const { cluster, environment, inventory } = options;
  const { synced, error } = inventory.kindState(cluster, 'Namespace');
  if (error?.code === 'forbidden') {
    return {
      refused: error.verb !== undefined,
      reason: {
        code: 'KindForbidden',
        message: `The account may not ${verbOf(
          error,
        )} the namespaces of ${cluster}, and those of ${environment} are found by their labels.`,
        nextStep:
          'Allow it list and watch of namespaces, or name them in koala.environments.',
      },
    };
  }
  if (error) {
    return {
      refused: false,
      reason: { code: 'KindUnreadable', message: error.message },
    };
  }
  return synced ? undefined : { refused: false, reason: notYetSynced(cluster) };
}

function notYetSynced(cluster: string): Reason {
  return {
    code: 'NotYetSynced',
    message: `${cluster} is being read for the first time.`,
  };
}

function verbOf({ verb }: KindError): string {
  return verb ?? 'read';
}

/** `Deployment, ReplicaSet and Pod` */
function sentenceOf(kinds: readonly string[]): string {
  return kinds.length < 2
    ? kinds.join()
    : `${kinds.slice(0, -1).join(', ')} and ${kinds[kinds.length - 1]}`;
}

function pluralsOf(kinds: readonly WatchedKind[]): string {
  return kinds
    .map(kind => WATCHED_RESOURCES.find(one => one.kind === kind)!.plural)
    .join(', ');
}
