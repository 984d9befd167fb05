import {
  ClusterState,
  WatchedKind,
} from '@koala-ops/backstage-plugin-koala-common';
import { TransportLoss } from '../transport/ClusterTransport';
import { KindState } from './InventoryReader';

/** How long a cluster may be lost before that is shown: a watch that is dropped and resumed is no news. */
export const LOSS_GRACE_MS = 5_000;

/** What is known of a cluster at one moment. */
export interface ClusterFacts {
  unwatchable?: string;
  loss?: TransportLoss;
  kinds: ReadonlyArray<{ kind: WatchedKind; state: KindState }>;
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
  'Bind the account to a ClusterRole that allows get, list and watch of these kinds.';

const CREDENTIAL_STEP =
  "Renew the cluster's credential: check its authentication provider, token or kubeconfig.";

/** What the facts say about a cluster. Pure. */
export function clusterCondition(facts: ClusterFacts): ClusterVerdict {
  const { unwatchable, loss, kinds, now } = facts;
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

  const failing = kinds.filter(({ state }) => state.error);
  if (failing.length === 0) {
    return {
      condition: kinds.every(({ state }) => state.synced) ? 'live' : 'syncing',
    };
  }
  const errors: Record<string, string> = {};
  for (const { kind, state } of failing) {
    errors[kind] = state.error!.message;
  }
  const codes = new Set(failing.map(({ state }) => state.error!.code));
  const { message } = failing[0].state.error!;
  if (failing.length < kinds.length) {
    const names = Object.keys(errors).join(', ');
    return {
      condition: kinds.every(({ state }) => state.synced || state.error)
        ? 'partial'
        : 'syncing',
      message: `${names}: ${message}`,
      nextStep: codes.has('forbidden') ? READ_STEP : undefined,
      kinds: errors,
    };
  }
  if (codes.size === 1 && codes.has('forbidden')) {
    return {
      condition: 'forbidden',
      message,
      nextStep: message.includes('403') ? READ_STEP : CREDENTIAL_STEP,
      kinds: errors,
    };
  }
  return codes.size === 1 && codes.has('unreachable')
    ? { condition: 'unreachable', message, kinds: errors }
    : {
        condition: 'broken',
        message,
        nextStep:
          "Check that the cluster's URL leads to a Kubernetes API server and that it is healthy.",
        kinds: errors,
      };
}

/** Whether a loss has lasted long enough to be shown. */
export function isLost(
  loss: TransportLoss | undefined,
  now: number,
): loss is TransportLoss {
  return loss !== undefined && now - loss.since >= LOSS_GRACE_MS;
}
