import { formatRatio } from './format';

/** A line of the table. */
export interface Row {
  /** Number in the list of goals; empty where there is no goal. */
  row: string;
  what: string;
  upstream: string;
  tuned: string;
  koala: string;
  target: string;
  verdict: string;
}

export const HEAD = [
  'row',
  'what',
  'upstream',
  'upstream tuned',
  'Koala',
  'target',
  'verdict',
];

export function cellsOf(row: Row): string[] {
  const { row: number, what, upstream, tuned, koala, target, verdict } = row;
  return [number, what, upstream, tuned, koala, target, verdict];
}

/** A row whose measurement failed: it says so where a verdict would stand. */
export function notMeasured(options: {
  row: string;
  what: string;
  target: string;
  problem: string;
}): Row {
  const { problem, ...rest } = options;
  const [firstLine] = problem.split('\n');
  return {
    ...rest,
    upstream: '',
    tuned: '',
    koala: '',
    verdict: `not measured: ${firstLine}`,
  };
}

/** How Koala stands to both: `1/35.1 of upstream, 1/28.0 of tuned`. */
export function sharesOf(values: {
  koala: number;
  upstream: number;
  tuned: number;
}): string {
  const { koala, upstream, tuned } = values;
  return `${formatRatio(koala, upstream)} of upstream, ${formatRatio(
    koala,
    tuned,
  )} of tuned`;
}

/** What to say of a goal. It is not decided where the control shows that the machine was too busy to tell. */
export function judge(options: { met: boolean; decided?: boolean }): string {
  const { met, decided = true } = options;
  if (!decided) {
    return 'undecided, the machine is too busy';
  }
  return met ? 'met' : 'NOT MET';
}
