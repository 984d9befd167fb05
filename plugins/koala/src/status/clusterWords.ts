import { ClusterCondition } from '@koala-ops/backstage-plugin-koala-common';

/** What is said of a cluster, in the header of its column. */
export const CLUSTER_WORDS: Readonly<Record<ClusterCondition, string>> = {
  live: 'live',
  syncing: 'Reading',
  partial: 'Partly readable',
  unreachable: 'Not reachable',
  forbidden: 'Forbidden',
  broken: 'Bad answers',
  unwatchable: 'Per-user access only',
  missing: 'No such cluster',
};

/** Why a cell of such a cluster is unknown where nothing was seen before; a few words. */
export const NEVER_SEEN: Readonly<Record<ClusterCondition, string>> = {
  live: 'no state received',
  syncing: 'not read yet',
  partial: 'may not be read',
  unreachable: 'never seen',
  forbidden: 'may not list',
  broken: 'bad answers',
  unwatchable: 'per-user access only',
  missing: 'no such cluster',
};
