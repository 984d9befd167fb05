import {
  ClusterState,
  ServiceSummary,
  Status,
  STATUSES,
} from '@koala-ops/backstage-plugin-koala-common';
import { CLUSTER_WORDS } from '../../status/clusterWords';
import { STATUS_WORDS } from '../../status/statusWords';
import { Column } from './columns';
import { entityName } from './entityName';
import { isProblem, StateLookup } from './severity';

/** Something that is broken: where, what, and since when. */
export interface AttentionItem {
  key: string;
  status: Status;
  /** "fraud-scoring" or the cluster's name. */
  subject: string;
  /** "in prod eu", "cluster". */
  place: string;
  /** "Degraded", "Not reachable". */
  word: string;
  since?: number;
  detail?: string;
  /** Absent for a cluster. */
  service?: string;
  environment?: string;
  rank: number;
}

/**
 * What needs attention, worst first: production before staging before development, then degraded before
 * unknown, then what broke last. A cluster that cannot be seen is one item, however many services it has.
 */
export function listAttention(options: {
  services: readonly ServiceSummary[];
  columns: readonly Column[];
  clusters: readonly ClusterState[];
  stateOf: StateLookup;
}): AttentionItem[] {
  const { services, columns, clusters, stateOf } = options;
  const items: AttentionItem[] = [];
  for (const cluster of clusters) {
    const used = columns.filter(column => column.cluster === cluster.name);
    if (used.length > 0 && !['live', 'syncing'].includes(cluster.condition)) {
      items.push(clusterItem(cluster, Math.min(...used.map(c => c.rank))));
    }
  }
  for (const service of services) {
    for (const column of columns) {
      const state = stateOf(service.ref, column);
      if (state && isProblem(state, column)) {
        items.push({
          key: `${service.ref} ${column.key}`,
          status: state.status,
          subject: service.title ?? entityName(service.ref),
          place: `in ${column.label}`,
          word: STATUS_WORDS[state.status],
          since: state.since,
          detail: detailOf(state),
          service: service.ref,
          environment: column.environment,
          rank: column.rank,
        });
      }
    }
  }
  return items.sort(
    (a, b) =>
      a.rank - b.rank ||
      STATUSES.indexOf(a.status) - STATUSES.indexOf(b.status) ||
      (b.since ?? 0) - (a.since ?? 0) ||
      a.key.localeCompare(b.key),
  );
}

function clusterItem(cluster: ClusterState, rank: number): AttentionItem {
  const unseen = cluster.condition !== 'partial';
  return {
    key: `cluster ${cluster.name}`,
    status: 'unknown',
    subject: cluster.title ?? cluster.name,
    place: 'cluster',
    word: CLUSTER_WORDS[cluster.condition],
    since: cluster.lastByteAt ?? cluster.since,
    detail:
      unseen && cluster.lastByteAt
        ? 'showing last known state'
        : cluster.message,
    rank,
  };
}

function detailOf(state: {
  reason?: { code: string };
  ready?: number;
  desired?: number;
}): string | undefined {
  const ready =
    state.ready !== undefined && state.desired
      ? `${state.ready} of ${state.desired} ready`
      : undefined;
  return [state.reason?.code, ready].filter(Boolean).join(', ') || undefined;
}
