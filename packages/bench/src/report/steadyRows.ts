import { Results } from '../measure/Results';
import { SteadyViews } from '../measure/steadyViews';
import { SubjectKey } from '../portal/portalConfig';
import { median } from '../statistics/percentile';
import { formatMs } from './format';
import { judge, notMeasured, Row, sharesOf } from './Row';

/** Row 1: requests that a view may cost the API servers, amortised. */
const MOST_REQUESTS = 0.01;

/** Row 4: Koala's p99 against upstream's p50. */
const LATENCY_SHARE = 1 / 4;

const REQUESTS = {
  row: '1',
  what: 'API-server requests per view',
  target: `<= ${MOST_REQUESTS}`,
};
const P50 = { row: '4', what: 'service page p50', target: '' };
const P99 = {
  row: '4',
  what: 'service page p99',
  target: '<= upstream p50 / 4',
};

/** Rows 1 and 4: medians of the rounds. */
export function steadyRows(steady: Results['steady']): Row[] {
  if ('problem' in steady) {
    const { problem } = steady;
    return [REQUESTS, P50, P99].map(row => notMeasured({ ...row, problem }));
  }
  const of = (key: SubjectKey, read: (views: SteadyViews) => number) =>
    median(steady.value[key].map(read));
  const times = (read: (views: SteadyViews) => number) => ({
    upstream: formatMs(of('upstream', read)),
    tuned: formatMs(of('tuned', read)),
    koala: formatMs(of('koala', read)),
  });
  const requests = (key: SubjectKey) => of(key, views => views.requestsPerView);
  const most = of('upstream', views => views.p50) * LATENCY_SHARE;
  const p99 = of('koala', views => views.p99);
  const controlP99 = of('koala', views => views.controlP99);
  const shares = sharesOf({
    koala: p99,
    upstream: of('upstream', views => views.p50),
    tuned: of('tuned', views => views.p50),
  });
  return [
    {
      ...REQUESTS,
      upstream: formatCount(requests('upstream')),
      tuned: formatCount(requests('tuned')),
      koala: formatCount(requests('koala')),
      verdict: judge({ met: requests('koala') <= MOST_REQUESTS }),
    },
    { ...P50, ...times(views => views.p50), verdict: '' },
    {
      ...P99,
      ...times(views => views.p99),
      verdict: `${judge({
        met: p99 <= most,
        // Where a request that costs nothing misses the goal as well, that is the machine.
        decided: p99 <= most || controlP99 <= most,
      })}: ${shares} p50; control ${formatMs(controlP99)}`,
    },
  ];
}

/** What happens anyway is taken off, so that nothing may come out as a little less than nothing. */
function formatCount(count: number): string {
  return Math.max(0, count).toFixed(count < 1 ? 3 : 1);
}
