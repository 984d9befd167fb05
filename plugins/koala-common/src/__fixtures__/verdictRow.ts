import { Verdict } from '../status/Verdict';
import { ExpectedVerdict, expectedVerdict, shown } from './expectedVerdict';

/** One verdict and what it has to be. */
export type VerdictRow = ExpectedVerdict & {
  title: string;
  verdict: () => Verdict;
};

/** The verdict of a row in the form that it is compared in. */
export function shownBy(row: VerdictRow) {
  return shown(row.verdict());
}

/** What `shownBy` the row has to match; a healthy verdict may have something to say. */
export function expectedBy(row: VerdictRow) {
  const { first, ...expected } = expectedVerdict(row);
  return row.status === 'healthy' ? expected : { first, ...expected };
}
