import { Portal } from '../portal/Portal';
import { SubjectKey } from '../portal/portalConfig';

/** What a browser asks the backend for to draw one page. */
export interface PageRequest {
  method: 'GET' | 'POST';
  path: string;
  body?: string;
}

/** One of the backends that are compared, with the page that is viewed. */
export interface Subject {
  key: SubjectKey;
  title: string;
  portal: Portal;
  /** The request of the service's page. */
  page(service: string): PageRequest;
}

/** The path of Koala's service page, for the Deployments tab. */
export const koalaServicePath = (service: string) =>
  `/api/koala/services/default/${service}`;

/** The three subjects, in the order of the columns. */
export async function createSubjects(options: {
  portals: Record<SubjectKey, Portal>;
  services: readonly string[];
}): Promise<Subject[]> {
  const { portals, services } = options;
  return [
    {
      key: 'upstream',
      title: 'upstream',
      portal: portals.upstream,
      page: await upstreamPages(portals.upstream, services),
    },
    {
      key: 'tuned',
      title: 'upstream tuned',
      portal: portals.tuned,
      page: await upstreamPages(portals.tuned, services),
    },
    {
      key: 'koala',
      title: 'Koala',
      portal: portals.koala,
      page: service => ({ method: 'GET', path: koalaServicePath(service) }),
    },
  ];
}

/** The upstream page sends the whole entity, which its browser has already: read here, once. */
async function upstreamPages(portal: Portal, services: readonly string[]) {
  const bodies = new Map<string, string>();
  for (const service of services) {
    const entity = await portal.entity(service);
    bodies.set(service, JSON.stringify({ entity, auth: {} }));
  }
  return (service: string): PageRequest => ({
    method: 'POST',
    path: `/api/kubernetes/services/${service}`,
    body: bodies.get(service),
  });
}
