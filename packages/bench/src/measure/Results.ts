import { SubjectKey } from '../portal/portalConfig';
import { KoalaFrozen } from './koalaBesideFrozen';
import { PageBytes } from './pageBytes';
import { SteadyViews } from './steadyViews';
import { UpstreamFrozen } from './upstreamBesideFrozen';

/** What was measured, or why it could not be. */
export type Outcome<T> = { value: T } | { problem: string };

/** Runs a measurement; what goes wrong becomes its outcome, so that the others go on. */
export async function outcomeOf<T>(
  measure: () => Promise<T>,
): Promise<Outcome<T>> {
  try {
    return { value: await measure() };
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

/** Everything that one run measured. Lists have one item per round. */
export interface Results {
  /** Rows 1 and 4: one viewer of service pages. */
  steady: Outcome<Record<SubjectKey, SteadyViews[]>>;
  /** The same pages asked for by a service principal in place of a user. */
  asService: Outcome<Record<SubjectKey, SteadyViews>>;
  /** The same pages after a few seconds without a request; times of single views in ms. */
  rested: Outcome<Record<SubjectKey, number[]>>;
  /** Row 3. */
  bytes: Outcome<Record<SubjectKey, PageBytes>>;
  /** Koala's matrix of all services, which upstream has not. */
  matrix: Outcome<{ steady: SteadyViews[]; bytes: PageBytes }>;
  /** Row 11. */
  frozen: Outcome<{
    koala: KoalaFrozen[];
    upstream: UpstreamFrozen[];
    tuned: UpstreamFrozen[];
  }>;
}
