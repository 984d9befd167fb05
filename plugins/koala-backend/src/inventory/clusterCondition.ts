import {
  ClusterState,
  WatchedKind,
} from '@koala-ops/backstage-plugin-koala-common';
import { TransportLoss } from '../transport/ClusterTransport';
import { KindState } from './InventoryReader';

/** How long a cluster may be lost before that is shown: a watch that is dropped and resumed is no news. */
export const LOSS_GRACE_MS = 5_000;

/** How one kind stands in one namespace, or without one in all of them. */
export interface ScopeState {
  kind: WatchedKind;
  namespace?: string;
  state: KindState;
}

/** What is known of a cluster at one moment. */
export interface ClusterFacts {
  unwatchable?: string;
  loss?: TransportLoss;
  scopes: readonly ScopeState[];
  /** Some namespaces are found by their labels, so it matters whether they may be listed. */
  byLabel: boolean;
  now: number;
}

/** A cluster's state without name and times. */
export type ClusterVerdict = Pick<
  ClusterState,
  'condition' | 'message' | 'nextStep' | 'kinds'
> & {
  /** Since when, where the facts say so; ms since the epoch. */
  since?: number;
};

const READ_STEP =
  'Bind the account to a ClusterRole that allows list and watch of these kinds.';

const READ_NAMESPACES_STEP =
  'Bind the account to a Role that allows list and watch in every namespace that the environments name.';

const CREDENTIAL_STEP =
  "Renew the cluster's credential: check its authentication provider, token or kubeconfig.";

/** What the facts say about a cluster. Pure. */
export function clusterCondition(facts: ClusterFacts): ClusterVerdict {
  const { unwatchable, loss, now } = facts;
  if (unwatchable !== undefined) {
    return {
      condition: 'unwatchable',
      message: unwatchable,
      nextStep:
        'Give the cluster a credential of its own in the Kubernetes plugin, such as a service account.',
    };
  }
  if (isLost(loss, now)) {
    const { message, nextStep } = loss.error;
    return {
      condition: 'unreachable',
      message,
      nextStep,
      since: loss.since,
    };
  }

  const scopes = facts.scopes.filter(scope => matters(scope, facts));
  const failing = scopes.filter(({ state }) => state.error);
  if (failing.length === 0) {
    const synced = scopes.every(({ state }) => state.synced);
    return { condition: scopes.length > 0 && synced ? 'live' : 'syncing' };
  }
  return failing.length < scopes.length
    ? someFail(scopes, failing)
    : allFail(failing);
}

/** Whether a loss has lasted long enough to be shown. */
export function isLost(
  loss: TransportLoss | undefined,
  now: number,
): loss is TransportLoss {
  return loss !== undefined && now - loss.since >= LOSS_GRACE_MS;
}

/** An account of single namespaces needs to list them only where they are found by their labels. */
function matters(
  { kind, state }: ScopeState,
  { byLabel, scopes }: ClusterFacts,
): boolean {
  return (
    kind !== 'Namespace' ||
    byLabel ||
    state.error?.code !== 'forbidden' ||
    scopes.every(({ namespace }) => namespace === undefined)
  );
}

function someFail(
  scopes: readonly ScopeState[],
  failing: readonly ScopeState[],
): ClusterVerdict {
  const readable = new Set(
    scopes.filter(({ state }) => !state.error).map(({ kind }) => kind),
  );
  // A kind that fails everywhere is named by itself, the rest by how many namespaces it is.
  const everywhere = failing.filter(({ kind }) => !readable.has(kind));
  const kinds = errorsByKind(everywhere);
  const names = Object.keys(kinds);
  const hit = namespacesOf(failing.filter(({ kind }) => readable.has(kind)));
  const sentences = [
    ...(names.length > 0 ? [`${names.join(', ')}: ${kinds[names[0]]}`] : []),
    ...(hit > 0
      ? [
          `${hit} of ${namespacesOf(
            scopes,
          )} namespaces cannot be read, or only in part.`,
        ]
      : []),
  ];
  return {
    condition: scopes.every(({ state }) => state.synced || state.error)
      ? 'partial'
      : 'syncing',
    message: sentences.join(' '),
    nextStep: readStep(failing),
    ...(names.length > 0 && { kinds }),
  };
}

function allFail(failing: readonly ScopeState[]): ClusterVerdict {
  const codes = new Set(failing.map(({ state }) => state.error!.code));
  const kinds = errorsByKind(failing);
  const message = messageOf(failing[0]);
  if (codes.size === 1 && codes.has('forbidden')) {
    const refused = failing.some(({ state }) => state.error!.verb);
    return {
      condition: 'forbidden',
      message,
      nextStep: refused ? readStep(failing) : CREDENTIAL_STEP,
      kinds,
    };
  }
  return codes.size === 1 && codes.has('unreachable')
    ? { condition: 'unreachable', message, kinds }
    : {
        condition: 'broken',
        message,
        nextStep:
          "Check that the cluster's URL leads to a Kubernetes API server and that it is healthy.",
        kinds,
      };
}

function errorsByKind(failing: readonly ScopeState[]): Record<string, string> {
  return Object.fromEntries(
    failing.map(scope => [scope.kind, messageOf(scope)]),
  );
}

/** Of single namespaces the cluster's state says how many: not every reader may know their names. */
function messageOf({ kind, namespace, state }: ScopeState): string {
  const { code, message, verb = 'read' } = state.error!;
  return namespace !== undefined && code === 'forbidden'
    ? `The account may not ${verb} this in any namespace that is looked into (${kind}).`
    : message;
}

function namespacesOf(scopes: readonly ScopeState[]): number {
  return new Set(
    scopes.flatMap(({ namespace }) =>
      namespace === undefined ? [] : [namespace],
    ),
  ).size;
}

function readStep(failing: readonly ScopeState[]): string | undefined {
  const forbidden = failing.filter(
    ({ state }) => state.error!.code === 'forbidden',
  );
  if (forbidden.length === 0) {
    return undefined;
  }
  return forbidden.some(({ namespace }) => namespace === undefined)
    ? READ_STEP
    : READ_NAMESPACES_STEP;
}
