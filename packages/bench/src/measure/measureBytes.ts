import { SubjectKey } from '../portal/portalConfig';
import { PageBytes, pageBytes } from './pageBytes';
import { pagesOf, Stage, withViewers } from './Stage';

/** Services whose pages are weighed: they are all alike. */
const PAGES = 20;

/** Row 3. */
export async function measureBytes(
  stage: Stage,
): Promise<Record<SubjectKey, PageBytes>> {
  stage.log('Bytes');
  const measured: Partial<Record<SubjectKey, PageBytes>> = {};
  for (const subject of stage.subjects) {
    const pages = pagesOf(stage, subject).slice(0, PAGES);
    measured[subject.key] = await withViewers(
      stage,
      { subject },
      ({ viewer }) => pageBytes({ viewer, pages }),
    );
  }
  return measured as Record<SubjectKey, PageBytes>;
}
