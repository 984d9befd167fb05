import { PageRequest } from './Subject';
import { Viewer } from './Viewer';

/** Who looks, and who looks at nothing to speak of in between. */
export interface Pair {
  viewer: Viewer;
  /** Viewer of another backend, which has nothing else to do at that time. */
  control: Viewer;
}

/** Times of both, in ms. */
export interface PairedTimes {
  times: number[];
  control: number[];
}

/** A route that costs nothing. */
const CONTROL_PAGE: PageRequest = {
  method: 'GET',
  path: '/.backstage/health/v1/readiness',
};

/**
 * Views one page after the other, `views` times in all, around the list of pages. After each, another
 * backend is asked for next to nothing: how long that takes now and then is the machine's doing, and no
 * backend's. On a busy machine a p99 says little else.
 */
export async function pairedViews(options: {
  pair: Pair;
  pages: readonly PageRequest[];
  views: number;
}): Promise<PairedTimes> {
  const { pair, pages, views } = options;
  const times: number[] = [];
  const control: number[] = [];
  for (let i = 0; i < views; i++) {
    times.push((await pair.viewer.view(pages[i % pages.length])).ms);
    control.push((await pair.control.view(CONTROL_PAGE)).ms);
  }
  return { times, control };
}
