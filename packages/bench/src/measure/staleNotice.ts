import type { ServiceDetail } from '@koala-ops/backstage-plugin-koala-common';

/** What a page says about a cluster that it cannot see. */
export interface StaleNotice {
  cluster: string;
  condition: string;
  /** Since when, and the last byte from it: ms after the freeze, negative where before. */
  sinceMs: number;
  lastByteMs: number;
  /** Status of the cluster's target in the cell, and how old what was seen last is. */
  status: string;
  lastKnown: string;
  lastKnownMs: number;
}

/** What the page says about the cluster, or undefined while it says nothing or leaves something out. */
export function staleNotice(options: {
  detail: ServiceDetail;
  cluster: string;
  frozenAt: number;
}): StaleNotice | undefined {
  const { detail, cluster: name, frozenAt } = options;
  const cluster = detail.clusters.find(one => one.name === name);
  const target = detail.cells
    .flatMap(cell => cell.targets)
    .find(one => one.cluster === name);
  if (
    !cluster ||
    cluster.condition === 'live' ||
    cluster.lastByteAt === undefined ||
    target?.status !== 'unknown' ||
    !target.lastKnown
  ) {
    return undefined;
  }
  return {
    cluster: name,
    condition: cluster.condition,
    sinceMs: cluster.since - frozenAt,
    lastByteMs: cluster.lastByteAt - frozenAt,
    status: target.status,
    lastKnown: target.lastKnown.status,
    lastKnownMs: target.lastKnown.asOf - frozenAt,
  };
}
