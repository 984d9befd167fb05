import type { ServiceDetail } from '@koala-ops/backstage-plugin-koala-common';
import { until } from '@koala-ops/kube-testing';
import { BenchCluster } from '../clusters/BenchCluster';
import { percentile } from '../statistics/percentile';
import { Pair, PairedTimes, pairedViews } from './pairedViews';
import { StaleNotice, staleNotice } from './staleNotice';
import { PageRequest } from './Subject';

/** Until the page says that the cluster is lost, and until it is back; generous, they decide nothing. */
const SAID_BOUND_MS = 60_000;
const BACK_BOUND_MS = 180_000;

/** p50 and p99 of a time, and p99 of the control beside it; in ms. */
export interface Latency {
  p50: number;
  p99: number;
  controlP99: number;
}

/** Views of Koala before, beside and after a frozen cluster. */
export interface KoalaFrozen {
  normal: Latency;
  /** From the freeze on: `unnoticed` and `noticed` together. */
  frozen: Latency;
  unnoticed: Latency;
  noticed: Latency;
  /** From the freeze until the page named the cluster, in ms. */
  saidAfterMs: number;
  /** How the page puts it. */
  says: StaleNotice;
  /** From the thaw until every cell of the page was healthy again, in ms. */
  backAfterMs: number;
}

/** Views pages before and beside a frozen cluster. `whileFrozen` runs before it is thawed. */
export async function koalaBesideFrozen(options: {
  cluster: BenchCluster;
  pair: Pair;
  pages: readonly PageRequest[];
  views: number;
  whileFrozen: () => Promise<void>;
}): Promise<KoalaFrozen> {
  const { cluster, pair, pages, whileFrozen } = options;
  const page = async () => {
    const { body } = await pair.viewer.view(pages[0], 'identity');
    return JSON.parse(body.toString()) as ServiceDetail;
  };
  const normal = await pairedViews(options);
  const beside = await withFrozen(cluster, async frozenAt => {
    const unnoticed = await pairedViews(options);
    const says = await until({
      what: `a word on the lost cluster ${cluster.name} on Koala's page`,
      boundMs: SAID_BOUND_MS,
      attempt: async () =>
        staleNotice({ detail: await page(), cluster: cluster.name, frozenAt }),
    });
    const saidAfterMs = Date.now() - frozenAt;
    const noticed = await pairedViews(options);
    await whileFrozen();
    return { unnoticed, says, saidAfterMs, noticed };
  });
  const thawedAt = Date.now();
  await until({
    what: `a healthy page of Koala after cluster ${cluster.name} is back`,
    boundMs: BACK_BOUND_MS,
    attempt: async () => {
      const { cells } = await page();
      return cells.every(({ status }) => status === 'healthy');
    },
  });
  const { unnoticed, noticed, says, saidAfterMs } = beside;
  return {
    normal: latencyOf(normal),
    frozen: latencyOf(unnoticed, noticed),
    unnoticed: latencyOf(unnoticed),
    noticed: latencyOf(noticed),
    saidAfterMs,
    says,
    backAfterMs: Date.now() - thawedAt,
  };
}

/** Wakes the cluster up again whatever happens. */
async function withFrozen<T>(
  cluster: BenchCluster,
  work: (frozenAt: number) => Promise<T>,
): Promise<T> {
  cluster.signal('SIGSTOP');
  try {
    return await work(Date.now());
  } finally {
    cluster.signal('SIGCONT');
  }
}

function latencyOf(...measured: PairedTimes[]): Latency {
  const times = measured.flatMap(one => one.times);
  return {
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    controlP99: percentile(
      measured.flatMap(one => one.control),
      0.99,
    ),
  };
}
