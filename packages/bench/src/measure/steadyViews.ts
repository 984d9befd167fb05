import { percentile } from '../statistics/percentile';
import { RequestCounter, requestsPerView } from './RequestCounter';
import { Pair, pairedViews } from './pairedViews';
import { PageRequest } from './Subject';

/** How long the clusters are watched without a view, in ms, to know what happens anyway. */
export const IDLE_MS = 5_000;

/** What many views one after the other took. */
export interface SteadyViews {
  p50: number;
  p99: number;
  /** Of a request that costs nothing, to another backend, in between: what the machine adds. */
  controlP99: number;
  /** API-server requests per view. */
  requestsPerView: number;
}

/** One viewer, one page after the other, while the API servers count. */
export async function steadyViews(options: {
  pair: Pair;
  pages: readonly PageRequest[];
  views: number;
  counter: RequestCounter;
  idleRate: number;
}): Promise<SteadyViews> {
  const { pair, pages, views, counter, idleRate } = options;
  // A first round around the pages fills what anyone may cache.
  await pairedViews({ pair, pages, views: Math.min(views, pages.length) });
  const before = await counter.read();
  const { times, control } = await pairedViews({ pair, pages, views });
  const after = await counter.read();
  return {
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    controlP99: percentile(control, 0.99),
    requestsPerView: requestsPerView({ before, after, idleRate, views }),
  };
}
