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

/** `met: 1/35 of upstream, 1/28 of tuned`. */
export function verdictOf(options: {
  met: boolean;
  koala: number;
  upstream: number;
  tuned: number;
}): string {
  const { met, koala, upstream, tuned } = options;
  return `${met ? 'met' : 'NOT MET'}: ${formatRatio(
    koala,
    upstream,
  )} of upstream, ${formatRatio(koala, tuned)} of tuned`;
}
