import { BenchCluster } from '../clusters/BenchCluster';
import { RequestCounter } from './RequestCounter';
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

/** Opens a viewer who has just signed in, and closes it when `look` is done. */
export async function withViewer<T>(
  options: { subject: Subject; as?: 'user' | 'service' },
  look: (viewer: Viewer) => Promise<T>,
): Promise<T> {
  const { portal } = options.subject;
  const viewer = Viewer.open({
    baseUrl: portal.baseUrl,
    token:
      options.as === 'service' ? portal.serviceToken : await portal.signIn(),
  });
  try {
    return await look(viewer);
  } finally {
    await viewer.close();
  }
}
