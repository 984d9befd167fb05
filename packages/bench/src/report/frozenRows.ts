import { KoalaFrozen, Latency } from '../measure/koalaBesideFrozen';
import { Results } from '../measure/Results';
import { StaleNotice } from '../measure/staleNotice';
import { UpstreamFrozen } from '../measure/upstreamBesideFrozen';
import { SubjectKey } from '../portal/portalConfig';
import { median } from '../statistics/percentile';
import { formatMs, formatRatio } from './format';
import { judge, notMeasured, Row } from './Row';

const MOST_SLOWDOWN = 1.1;

const P99 = {
  row: '11',
  what: 'p99 with a cluster frozen vs normal',
  target: '<= 1.10x',
};
const SAYS = {
  row: '11',
  what: 'page says which is stale, since when',
  target: 'says so',
};

/** Row 11. Upstream is set against the normal p99 of row 4, Koala against the one just before. */
export function frozenRows(results: Pick<Results, 'frozen' | 'steady'>): Row[] {
  const { frozen, steady } = results;
  if ('problem' in frozen) {
    const { problem } = frozen;
    return [P99, SAYS].map(row => notMeasured({ ...row, problem }));
  }
  const normal = (key: SubjectKey) =>
    'value' in steady
      ? median(steady.value[key].map(({ p99 }) => p99))
      : undefined;
  const { koala, upstream, tuned } = frozen.value;
  const slowdown = (read: (latency: Latency) => number) =>
    median(koala.map(round => read(round.frozen) / read(round.normal)));
  const p99 = slowdown(latency => latency.p99);
  const besideControl = slowdown(latency => latency.p99 / latency.controlP99);
  const says = koala[koala.length - 1].says;
  return [
    {
      ...P99,
      upstream: upstreamCell(upstream, normal('upstream')),
      tuned: upstreamCell(tuned, normal('tuned')),
      koala: koalaCell(koala),
      verdict: `${slowdownVerdict({ p99, besideControl })}: ${[
        `${p99.toFixed(2)}x`,
        `p50 ${slowdown(({ p50 }) => p50).toFixed(2)}x`,
        `p99 / control ${besideControl.toFixed(2)}x`,
      ].join(', ')}`,
    },
    {
      ...SAYS,
      upstream: pageOf(upstream),
      tuned: pageOf(tuned),
      koala: noticeCell(says),
      verdict: `met: after ${formatMs(
        median(koala.map(({ saidAfterMs }) => saidAfterMs)),
      )}, healthy ${formatMs(
        median(koala.map(({ backAfterMs }) => backAfterMs)),
      )} after the thaw`,
    },
  ];
}

/**
 * Both the p99 itself and what it is to the control have to agree: where the machine was busier before or
 * meanwhile, one of them is its doing.
 */
function slowdownVerdict(ratios: { p99: number; besideControl: number }) {
  const met = [ratios.p99, ratios.besideControl].map(
    ratio => ratio <= MOST_SLOWDOWN,
  );
  return judge({ met: met[0] && met[1], decided: met[0] === met[1] });
}

function koalaCell(rounds: KoalaFrozen[]): string {
  const beside = median(rounds.map(({ frozen }) => frozen.p99));
  const before = median(rounds.map(({ normal }) => normal.p99));
  return `${formatMs(beside)} vs ${formatMs(before)}`;
}

function upstreamCell(
  rounds: UpstreamFrozen[],
  normal: number | undefined,
): string {
  const unanswered = rounds.find(({ p99 }) => p99 === undefined);
  const ms = unanswered
    ? unanswered.capMs
    : median(rounds.map(({ p99 }) => p99 as number));
  const more = unanswered ? '> ' : '';
  const slowdown =
    normal === undefined ? '' : ` (${more}${formatRatio(ms, normal)})`;
  return `${more}${formatMs(ms)}${slowdown}`;
}

function pageOf(rounds: UpstreamFrozen[]): string {
  const answered = rounds.reduce((sum, round) => sum + round.answered, 0);
  const views = rounds.reduce((sum, round) => sum + round.of, 0);
  return answered === 0
    ? `no page at all (${views} views)`
    : `${answered} of ${views} views answered`;
}

function noticeCell(notice: StaleNotice): string {
  const { cluster, condition, status, lastKnown, lastByteMs } = notice;
  const age =
    lastByteMs <= 0
      ? `${formatMs(-lastByteMs)} before the freeze`
      : `${formatMs(lastByteMs)} after the freeze`;
  return `${cluster}: ${condition}, ${status}, was ${lastKnown}, last byte ${age}`;
}
