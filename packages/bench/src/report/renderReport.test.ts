import { Results } from '../measure/Results';
import { rowsOf } from './renderReport';

const steadyOf = (
  p50: number,
  p99: number,
  requestsPerView: number,
  controlP99 = 1,
) => ({ p50, p99, requestsPerView, controlP99 });

const latencyOf = (p99: number, controlP99 = 1) => ({
  p50: 2,
  p99,
  controlP99,
});

const frozenOf = (p99: number, controlP99?: number) => ({
  normal: latencyOf(5),
  frozen: latencyOf(p99, controlP99),
  unnoticed: latencyOf(p99),
  noticed: latencyOf(p99),
  saidAfterMs: 9_000,
  backAfterMs: 4_000,
  says: {
    cluster: 'b',
    condition: 'unreachable',
    sinceMs: 9_000,
    lastByteMs: -300,
    status: 'unknown',
    lastKnown: 'healthy',
    lastKnownMs: -300,
  },
});

const silent = { p99: undefined, answered: 0, of: 5, capMs: 60_000 };

const results = (change: Partial<Results> = {}): Results => ({
  steady: {
    value: {
      upstream: [steadyOf(40, 110, 26), steadyOf(37, 100, 26)],
      tuned: [steadyOf(28, 160, 10)],
      koala: [steadyOf(2, 5, 0.001), steadyOf(2, 6, 0), steadyOf(2, 90, -0.2)],
    },
  },
  asService: { problem: 'nobody asked' },
  rested: { value: { upstream: [50, 70], tuned: [40], koala: [8, 6, 7] } },
  bytes: {
    value: {
      upstream: { plain: 94_000, gzip: 9_000 },
      tuned: { plain: 80_000, gzip: 8_000 },
      koala: { plain: 4_000, gzip: 900 },
    },
  },
  matrix: { problem: 'nobody asked' },
  frozen: {
    value: {
      koala: [frozenOf(5.2)],
      upstream: [silent],
      tuned: [{ p99: 8_000, answered: 5, of: 5, capMs: 60_000 }],
    },
  },
  ...change,
});

const rowNamed = (what: string, change?: Partial<Results>) => {
  const found = rowsOf(results(change)).find(row => row.what.includes(what));
  if (!found) throw new Error(`no row ${what}`);
  return found;
};

describe('rowsOf', () => {
  it('has rows 1, 3, 4 and 11, and more without a number', () => {
    const numbers = rowsOf(results()).map(({ row }) => row);
    expect([...new Set(numbers)]).toEqual(['1', '3', '4', '11', '']);
  });

  it('judges requests by the median of the rounds', () => {
    expect(rowNamed('requests per view')).toMatchObject({
      upstream: '26.0',
      tuned: '10.0',
      koala: '0.000',
      verdict: 'met',
    });
  });

  it.each([
    [6, 1, /^met: 1\/6.4 of upstream, 1\/4.7 of tuned p50; control 1.00 ms$/],
    [10, 1, /^NOT MET: 1\/3.9 of upstream/],
    [10, 12, /^undecided, the machine is too busy: .* control 12.0 ms$/],
  ])(
    "judges Koala's p99 of %d beside a control of %d by a quarter of upstream's p50",
    (p99, controlP99, verdict) => {
      const steady = {
        value: {
          upstream: [steadyOf(38.5, 100, 26)],
          tuned: [steadyOf(28, 160, 10)],
          koala: [steadyOf(2, p99, 0, controlP99)],
        },
      };
      expect(rowNamed('page p99', { steady }).verdict).toMatch(verdict);
    },
  );

  it.each([
    [5.2, 1, /^met: 1.04x/],
    [6, 1, /^NOT MET: 1.20x/],
    [6, 1.3, /^undecided.*: 1.20x, p50 1.00x, p99 \/ control 0.92x$/],
    [4, 0.5, /^undecided.*: 0.80x, p50 1.00x, p99 \/ control 1.60x$/],
  ])(
    'judges a frozen p99 of %d beside a control of %d',
    (p99, controlP99, verdict) => {
      const frozen = {
        value: {
          koala: [frozenOf(p99, controlP99)],
          upstream: [silent],
          tuned: [silent],
        },
      };
      expect(rowNamed('frozen', { frozen }).verdict).toMatch(verdict);
    },
  );

  it('sets plain bytes against plain, and gzip against upstream plain as the goal does', () => {
    expect(rowNamed('plain').verdict).toMatch(/^met: 1\/23.5 of upstream/);
    expect(rowNamed('gzip').verdict).toBe(
      'met: 1/104 of upstream, 1/88.9 of tuned plain; 1/10.0 gzip to gzip',
    );
  });

  it('shows the median of the views after a rest', () => {
    expect(rowNamed('silence')).toMatchObject({
      upstream: '60.0 ms',
      koala: '7.00 ms',
      verdict: '1/8.6 of upstream, 1/5.7 of tuned',
    });
  });

  it('says that upstream did not answer beside a frozen cluster', () => {
    expect(rowNamed('frozen')).toMatchObject({
      upstream: '> 60.0 s (> 571x)',
      tuned: '8.0 s (50x)',
      koala: '5.20 ms vs 5.00 ms',
      verdict: 'met: 1.04x, p50 1.00x, p99 / control 1.04x',
    });
    expect(rowNamed('stale')).toMatchObject({
      upstream: 'no page at all (5 views)',
      koala:
        'b: unreachable, unknown, was healthy, last byte 300 ms before the freeze',
    });
  });

  it('says of every row of a failed measurement that it was not measured, and why', () => {
    const rows = rowsOf(
      results({
        steady: { problem: 'the backend ended\nand its log' },
        frozen: { problem: 'never said so' },
      }),
    );
    expect(
      rows
        .filter(({ verdict }) => verdict.startsWith('not measured'))
        .map(({ row, verdict }) => `${row} ${verdict}`),
    ).toEqual([
      '1 not measured: the backend ended',
      '4 not measured: the backend ended',
      '4 not measured: the backend ended',
      '11 not measured: never said so',
      '11 not measured: never said so',
      ' not measured: nobody asked',
      ' not measured: nobody asked',
    ]);
  });
});
