import { BenchCluster } from '../clusters/BenchCluster';
import { RequestCounter } from './RequestCounter';
import { Pair } from './pairedViews';
import { PageRequest, Subject } from './Subject';
import { Viewer } from './Viewer';

/** What every measurement works with: everything runs and has been looked at. */
export interface Stage {
  subjects: Subject[];
  /** Names of the services whose pages are viewed. */
  services: string[];
  clusters: readonly BenchCluster[];
  counter: RequestCounter;
  runs: number;
  views: number;
  capMs: number;
  /** Says what is going on. */
  log: (line: string) => void;
}

/** The pages of all services, as a subject asks for them. */
export function pagesOf(stage: Stage, subject: Subject): PageRequest[] {
  return stage.services.map(service => subject.page(service));
}

/** A viewer who has just signed in, or the service principal. */
export async function openViewer(
  { portal }: Subject,
  as: 'user' | 'service' = 'user',
): Promise<Viewer> {
  return Viewer.open({
    baseUrl: portal.baseUrl,
    token: as === 'service' ? portal.serviceToken : await portal.signIn(),
  });
}

/**
 * Opens a viewer who has just signed in, and one of another subject's backend as a control; closes both
 * when `look` is done.
 */
export async function withViewers<T>(
  stage: Stage,
  options: { subject: Subject; as?: 'user' | 'service' },
  look: (pair: Pair) => Promise<T>,
): Promise<T> {
  const { subject, as } = options;
  const other = stage.subjects.find(({ key }) => key !== subject.key)!.portal;
  const viewer = await openViewer(subject, as);
  const control = Viewer.open({
    baseUrl: other.baseUrl,
    token: other.serviceToken,
  });
  try {
    return await look({ viewer, control });
  } finally {
    await Promise.all([viewer.close(), control.close()]);
  }
}
