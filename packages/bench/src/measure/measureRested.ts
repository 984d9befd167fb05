import { setTimeout as sleep } from 'node:timers/promises';
import { SubjectKey } from '../portal/portalConfig';
import { openViewer, pagesOf, Stage } from './Stage';

/** Longer than any backend here keeps what it decided about a reader. */
const REST_MS = 5_000;

/** Views after a rest, for each round. */
const VIEWS_PER_RUN = 2;

/**
 * How long a page takes that nobody has asked for in a while, in ms: one request after another flatters
 * whoever caches. One time per view.
 */
export async function measureRested(
  stage: Stage,
): Promise<Record<SubjectKey, number[]>> {
  stage.log(`Service pages after ${REST_MS / 1_000} s of silence`);
  const times: Record<SubjectKey, number[]> = {
    upstream: [],
    tuned: [],
    koala: [],
  };
  const viewers = await Promise.all(
    stage.subjects.map(subject => openViewer(subject)),
  );
  try {
    for (let view = 0; view < stage.runs * VIEWS_PER_RUN; view++) {
      await sleep(REST_MS);
      for (const [index, subject] of stage.subjects.entries()) {
        const pages = pagesOf(stage, subject);
        const { ms } = await viewers[index].view(pages[view % pages.length]);
        times[subject.key].push(ms);
      }
    }
  } finally {
    await Promise.all(viewers.map(viewer => viewer.close()));
  }
  return times;
}
