import { SubjectKey } from '../portal/portalConfig';
import { IDLE_MS, SteadyViews, steadyViews } from './steadyViews';
import { PageRequest, Subject } from './Subject';
import { pagesOf, Stage, withViewers } from './Stage';

/**
 * Koala answers that much faster that its rounds would be over before the API servers have counted
 * anything: it is viewed this many times as often.
 */
const KOALA_VIEWS_FACTOR = 5;

/** Rows 1 and 4: every round visits all subjects, so that a busy moment hits them alike. */
export async function measureSteady(
  stage: Stage,
): Promise<Record<SubjectKey, SteadyViews[]>> {
  const rounds: Record<SubjectKey, SteadyViews[]> = {
    upstream: [],
    tuned: [],
    koala: [],
  };
  for (let run = 1; run <= stage.runs; run++) {
    stage.log(`Service pages, round ${run} of ${stage.runs}`);
    const idleRate = await stage.counter.idleRate(IDLE_MS);
    for (const subject of stage.subjects) {
      const pages = pagesOf(stage, subject);
      const views = await viewsOf(stage, { subject, pages, idleRate });
      rounds[subject.key].push(views);
    }
  }
  return rounds;
}

/** The same once more for a service principal, for whom nobody has to be authorised. */
export async function measureAsService(
  stage: Stage,
): Promise<Record<SubjectKey, SteadyViews>> {
  stage.log('Service pages for a service principal');
  const idleRate = await stage.counter.idleRate(IDLE_MS);
  const measured: Partial<Record<SubjectKey, SteadyViews>> = {};
  for (const subject of stage.subjects) {
    const pages = pagesOf(stage, subject);
    measured[subject.key] = await viewsOf(stage, {
      subject,
      pages,
      idleRate,
      as: 'service',
    });
  }
  return measured as Record<SubjectKey, SteadyViews>;
}

/** Koala's matrix, in as many rounds. */
export async function measureMatrix(
  stage: Stage,
  options: { subject: Subject; page: PageRequest },
): Promise<SteadyViews[]> {
  stage.log('Matrix of all services');
  const rounds: SteadyViews[] = [];
  for (let run = 1; run <= stage.runs; run++) {
    const idleRate = await stage.counter.idleRate(IDLE_MS);
    const { subject, page } = options;
    rounds.push(await viewsOf(stage, { subject, pages: [page], idleRate }));
  }
  return rounds;
}

function viewsOf(
  stage: Stage,
  options: {
    subject: Subject;
    pages: PageRequest[];
    idleRate: number;
    as?: 'user' | 'service';
  },
): Promise<SteadyViews> {
  const { subject, pages, idleRate } = options;
  const factor = subject.key === 'koala' ? KOALA_VIEWS_FACTOR : 1;
  return withViewers(stage, options, pair =>
    steadyViews({
      pair,
      pages,
      views: stage.views * factor,
      counter: stage.counter,
      idleRate,
    }),
  );
}
