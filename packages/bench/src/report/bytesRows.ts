import { PageBytes } from '../measure/pageBytes';
import { Results } from '../measure/Results';
import { SubjectKey } from '../portal/portalConfig';
import { formatBytes, formatRatio } from './format';
import { judge, notMeasured, Row, sharesOf } from './Row';

const PLAIN_SHARE = 1 / 20;

/** Of upstream's plain bytes, the only ones that the goal knows. */
const GZIP_SHARE = 1 / 100;

const PLAIN = {
  row: '3',
  what: 'bytes of a service page, plain',
  target: '<= 1/20',
};
const GZIP = {
  row: '3',
  what: 'bytes of a service page, gzip',
  target: '<= 1/100 of plain',
};

/** Row 3. */
export function bytesRows(bytes: Results['bytes']): Row[] {
  if ('problem' in bytes) {
    const { problem } = bytes;
    return [PLAIN, GZIP].map(row => notMeasured({ ...row, problem }));
  }
  const { upstream, tuned, koala } = bytes.value;
  const cells = (read: (page: PageBytes) => number) => {
    const cell = (key: SubjectKey) => formatBytes(read(bytes.value[key]));
    return {
      upstream: cell('upstream'),
      tuned: cell('tuned'),
      koala: cell('koala'),
    };
  };
  const plainMet = koala.plain <= upstream.plain * PLAIN_SHARE;
  const gzipMet = koala.gzip <= upstream.plain * GZIP_SHARE;
  const plainShares = sharesOf({
    koala: koala.plain,
    upstream: upstream.plain,
    tuned: tuned.plain,
  });
  const gzipShares = sharesOf({
    koala: koala.gzip,
    upstream: upstream.plain,
    tuned: tuned.plain,
  });
  return [
    {
      ...PLAIN,
      ...cells(page => page.plain),
      verdict: `${judge({ met: plainMet })}: ${plainShares}`,
    },
    {
      ...GZIP,
      ...cells(page => page.gzip),
      verdict: `${judge({ met: gzipMet })}: ${gzipShares} plain; ${formatRatio(
        koala.gzip,
        upstream.gzip,
      )} gzip to gzip`,
    },
  ];
}
