import { percentile } from '../statistics/percentile';
import { PageRequest } from './Subject';
import { NoAnswerError, Viewer } from './Viewer';

/** Viewers that look at once beside a frozen cluster: each may wait for the whole cap. */
const WAITING_VIEWERS = 5;

/** Views of upstream beside a frozen cluster. */
export interface UpstreamFrozen {
  /** Longest answer in ms, or undefined where a view was not answered within the cap. */
  p99: number | undefined;
  answered: number;
  of: number;
  capMs: number;
}

/** A few upstream viewers beside a cluster that is frozen already. */
export async function upstreamBesideFrozen(options: {
  openViewer: () => Viewer;
  pages: readonly PageRequest[];
  capMs: number;
}): Promise<UpstreamFrozen> {
  const { openViewer, pages, capMs } = options;
  const times = await Promise.all(
    Array.from({ length: WAITING_VIEWERS }, async (_, index) => {
      const viewer = openViewer();
      try {
        return (await viewer.view(pages[index % pages.length])).ms;
      } catch (error) {
        if (error instanceof NoAnswerError) {
          return undefined;
        }
        throw error;
      } finally {
        await viewer.close();
      }
    }),
  );
  const answered = times.filter(ms => ms !== undefined);
  return {
    p99:
      answered.length === times.length ? percentile(answered, 0.99) : undefined,
    answered: answered.length,
    of: times.length,
    capMs,
  };
}
