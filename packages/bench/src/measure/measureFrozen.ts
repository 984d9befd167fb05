import { SubjectKey } from '../portal/portalConfig';
import { KoalaFrozen, koalaBesideFrozen } from './koalaBesideFrozen';
import { Subject } from './Subject';
import { pagesOf, Stage, withViewers } from './Stage';
import { UpstreamFrozen, upstreamBesideFrozen } from './upstreamBesideFrozen';
import { Viewer } from './Viewer';

/** Views of Koala before and beside the frozen cluster; enough for a p99 that one hiccup does not make. */
const KOALA_VIEWS = 1_000;

/** Row 11: the last cluster is frozen once a round, and everyone looks meanwhile. */
export async function measureFrozen(stage: Stage): Promise<{
  koala: KoalaFrozen[];
  upstream: UpstreamFrozen[];
  tuned: UpstreamFrozen[];
}> {
  const { subjects, clusters, log } = stage;
  const cluster = clusters[clusters.length - 1];
  const koala = subjectOf(subjects, 'koala');
  const measured = {
    koala: [] as KoalaFrozen[],
    upstream: [] as UpstreamFrozen[],
    tuned: [] as UpstreamFrozen[],
  };
  for (let run = 1; run <= stage.runs; run++) {
    log(
      `Cluster ${cluster.name} frozen, round ${run} of ${
        stage.runs
      } (upstream is given up after ${stage.capMs / 1_000} s)`,
    );
    const round = await withViewers(stage, { subject: koala }, pair =>
      koalaBesideFrozen({
        cluster,
        pair,
        pages: pagesOf(stage, koala),
        views: KOALA_VIEWS,
        // Only now, as they take a minute and must not disturb the one who answers.
        whileFrozen: async () => {
          const [upstream, tuned] = await Promise.all(
            (['upstream', 'tuned'] as const).map(key =>
              besideFrozen(stage, subjectOf(subjects, key)),
            ),
          );
          measured.upstream.push(upstream);
          measured.tuned.push(tuned);
        },
      }),
    );
    measured.koala.push(round);
    await settle(stage);
  }
  return measured;
}

async function besideFrozen(stage: Stage, subject: Subject) {
  const token = await subject.portal.signIn();
  const { capMs } = stage;
  return upstreamBesideFrozen({
    openViewer: () =>
      Viewer.open({ baseUrl: subject.portal.baseUrl, token, capMs }),
    pages: pagesOf(stage, subject),
    capMs,
  });
}

/** One view of each, so that nothing left over from the frozen minute falls into the next round. */
async function settle(stage: Stage): Promise<void> {
  for (const subject of stage.subjects) {
    const [page] = pagesOf(stage, subject);
    await withViewers(stage, { subject }, ({ viewer }) => viewer.view(page));
  }
}

function subjectOf(subjects: readonly Subject[], key: SubjectKey): Subject {
  const found = subjects.find(subject => subject.key === key);
  if (!found) {
    throw new Error(`There is no subject ${key}.`);
  }
  return found;
}
