import { IngressObject, IngressRoute } from '../objects/IngressObject';
import { projectMeta } from './projectMeta';
import {
  RawObject,
  readCount,
  readList,
  readObject,
  readText,
} from './rawFields';
import { SharedValues } from './SharedValues';

const CLASS_ANNOTATION = 'kubernetes.io/ingress.class';

function projectBackend(
  value: unknown,
): Pick<IngressRoute, 'exposure' | 'port'> {
  const service = readObject(readObject(value).service);
  const port = readObject(service.port);
  return {
    exposure: readText(service.name),
    port: readCount(port.number)?.toString() ?? readText(port.name),
  };
}

function projectRoutes(spec: RawObject): IngressRoute[] {
  const routes = readList(spec.rules).flatMap((rule): IngressRoute[] => {
    const host = readText(rule.host);
    return readList(readObject(rule.http).paths).map(path => ({
      host,
      path: readText(path.path),
      ...projectBackend(path.backend),
    }));
  });
  return spec.defaultBackend
    ? [...routes, projectBackend(spec.defaultBackend)]
    : routes;
}

export function projectIngress(
  raw: RawObject,
  shared: SharedValues,
): IngressObject {
  const meta = projectMeta({ kind: 'Ingress', raw, shared });
  const spec = readObject(raw.spec);
  const balancer = readObject(readObject(raw.status).loadBalancer);
  const annotations = readObject(readObject(raw.metadata).annotations);
  const hostLists = readList(spec.tls).map(({ hosts }) =>
    (Array.isArray(hosts) ? hosts : []).filter(
      (host): host is string => typeof host === 'string' && host !== '',
    ),
  );
  return {
    kind: 'Ingress',
    meta,
    className: shared.optionalText(
      readText(spec.ingressClassName) ??
        readText(annotations[CLASS_ANNOTATION]),
    ),
    routes: projectRoutes(spec),
    tlsHosts: [...new Set(hostLists.flat())],
    tlsForAll: hostLists.some(hosts => hosts.length === 0),
    addresses: readList(balancer.ingress)
      .map(item => readText(item.ip) ?? readText(item.hostname))
      .filter(address => address !== undefined),
  };
}
