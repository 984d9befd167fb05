import { percentile } from '../statistics/percentile';
import { RequestCounter, requestsPerView } from './RequestCounter';
import { PageRequest } from './Subject';
import { Viewer } from './Viewer';

/** How long the clusters are watched without a view, in ms, to know what happens anyway. */
export const IDLE_MS = 5_000;

/** What many views one after the other took. */
export interface SteadyViews {
  p50: number;
  p99: number;
  /** API-server requests per view. */
  requestsPerView: number;
}

/** One viewer, one page after the other, while the API servers count. */
export async function steadyViews(options: {
  viewer: Viewer;
  pages: readonly PageRequest[];
  views: number;
  counter: RequestCounter;
  idleRate: number;
}): Promise<SteadyViews> {
  const { viewer, pages, views, counter, idleRate } = options;
  // A first round around the pages fills what anyone may cache.
  await viewer.views(pages, Math.min(views, pages.length));
  const before = await counter.read();
  const times = await viewer.views(pages, views);
  const after = await counter.read();
  return {
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
    requestsPerView: requestsPerView({ before, after, idleRate, views }),
  };
}
