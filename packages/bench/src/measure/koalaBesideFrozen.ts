import type { ServiceDetail } from '@koala-ops/backstage-plugin-koala-common';
import { until } from '@koala-ops/kube-testing';
import { BenchCluster } from '../clusters/BenchCluster';
import { percentile } from '../statistics/percentile';
import { StaleNotice, staleNotice } from './staleNotice';
import { PageRequest } from './Subject';
import { Viewer } from './Viewer';

/** Until the page says that the cluster is lost, and until it is back; generous, they decide nothing. */
const SAID_BOUND_MS = 60_000;
const BACK_BOUND_MS = 180_000;

/** Views of Koala beside a frozen cluster. */
export interface KoalaFrozen {
  normalP99: number;
  /** From the freeze on: while nobody has noticed yet, and after. */
  frozenP99: number;
  unnoticedP99: number;
  noticedP99: number;
  /** From the freeze until the page named the cluster, in ms. */
  saidAfterMs: number;
  /** How the page puts it. */
  says: StaleNotice;
  /** From the thaw until every cell of the page was healthy again, in ms. */
  backAfterMs: number;
}

/** Koala's page before, beside and after a frozen cluster. `whileFrozen` runs before it is thawed. */
export async function koalaBesideFrozen(options: {
  cluster: BenchCluster;
  viewer: Viewer;
  pages: readonly PageRequest[];
  views: number;
  whileFrozen: () => Promise<void>;
}): Promise<KoalaFrozen> {
  const { cluster, viewer, pages, views, whileFrozen } = options;
  const normal = await viewer.views(pages, views);
  cluster.signal('SIGSTOP');
  const frozenAt = Date.now();
  let thawedAt: number;
  let unnoticed: number[];
  let noticed: number[];
  let says: StaleNotice;
  let saidAfterMs: number;
  try {
    unnoticed = await viewer.views(pages, views);
    says = await until({
      what: `a word on the lost cluster ${cluster.name} on Koala's page`,
      boundMs: SAID_BOUND_MS,
      attempt: async () => {
        const { body } = await viewer.view(pages[0]!, 'identity');
        return staleNotice({
          detail: JSON.parse(body.toString()),
          cluster: cluster.name,
          frozenAt,
        });
      },
    });
    saidAfterMs = Date.now() - frozenAt;
    noticed = await viewer.views(pages, views);
    await whileFrozen();
  } finally {
    cluster.signal('SIGCONT');
    thawedAt = Date.now();
  }
  await until({
    what: `a healthy page of Koala after cluster ${cluster.name} is back`,
    boundMs: BACK_BOUND_MS,
    attempt: async () => {
      const { body } = await viewer.view(pages[0]!, 'identity');
      const { cells } = JSON.parse(body.toString()) as ServiceDetail;
      return cells.every(({ status }) => status === 'healthy');
    },
  });
  return {
    normalP99: percentile(normal, 0.99),
    frozenP99: percentile([...unnoticed, ...noticed], 0.99),
    unnoticedP99: percentile(unnoticed, 0.99),
    noticedP99: percentile(noticed, 0.99),
    saidAfterMs,
    says,
    backAfterMs: Date.now() - thawedAt,
  };
}
