import { Results } from '../measure/Results';
import { median } from '../statistics/percentile';
import { formatBytes, formatMs } from './format';
import { notMeasured, Row, sharesOf } from './Row';

const AS_SERVICE = {
  row: '',
  what: 'service page p50 / p99 for a service principal',
  target: '',
};
const RESTED = {
  row: '',
  what: 'service page p50 after 5 s of silence',
  target: '',
};
const MATRIX = { row: '', what: 'matrix of all services', target: '' };

const pair = ({ p50, p99 }: { p50: number; p99: number }) =>
  `${formatMs(p50)} / ${formatMs(p99)}`;

/** What has no goal but helps to judge the rest. */
export function infoRows(
  results: Pick<Results, 'asService' | 'rested' | 'matrix'>,
): Row[] {
  const { asService, rested, matrix } = results;
  return [
    'problem' in asService
      ? notMeasured({ ...AS_SERVICE, problem: asService.problem })
      : {
          ...AS_SERVICE,
          upstream: pair(asService.value.upstream),
          tuned: pair(asService.value.tuned),
          koala: pair(asService.value.koala),
          verdict: '',
        },
    'problem' in rested
      ? notMeasured({ ...RESTED, problem: rested.problem })
      : {
          ...RESTED,
          upstream: formatMs(median(rested.value.upstream)),
          tuned: formatMs(median(rested.value.tuned)),
          koala: formatMs(median(rested.value.koala)),
          verdict: sharesOf({
            koala: median(rested.value.koala),
            upstream: median(rested.value.upstream),
            tuned: median(rested.value.tuned),
          }),
        },
    'problem' in matrix
      ? notMeasured({ ...MATRIX, problem: matrix.problem })
      : {
          ...MATRIX,
          upstream: 'none',
          tuned: 'none',
          koala: matrixCell(matrix.value),
          verdict: '',
        },
  ];
}

function matrixCell({
  steady,
  bytes,
}: Extract<Results['matrix'], { value: unknown }>['value']): string {
  const requests = median(steady.map(one => one.requestsPerView));
  return `${pair({
    p50: median(steady.map(one => one.p50)),
    p99: median(steady.map(one => one.p99)),
  })}, ${formatBytes(bytes.plain)} (${formatBytes(
    bytes.gzip,
  )} gzip), ${Math.max(0, requests).toFixed(3)} requests`;
}
