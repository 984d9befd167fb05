import {
  IngressDetail,
  IngressObject,
  IngressRoute,
  judgeIngress,
} from '@koala-ops/backstage-plugin-koala-common';
import { InventoryReader } from '../inventory/InventoryReader';

/** The ingresses that lead to some exposures, with the routes that do. */
export function describeIngresses(options: {
  cluster: string;
  exposures: readonly { name: string; namespace: string }[];
  inventory: InventoryReader;
  now: number;
}): IngressDetail[] {
  const { cluster, exposures, inventory, now } = options;
  return [...new Set(exposures.map(({ namespace }) => namespace))]
    .sort()
    .flatMap(namespace => {
      const names = new Set(
        exposures
          .filter(one => one.namespace === namespace)
          .map(({ name }) => name),
      );
      const all = [...inventory.list(cluster, 'Service', namespace)];
      return [...inventory.list(cluster, 'Ingress', namespace)]
        .flatMap((ingress): IngressDetail[] => {
          const routes = ingress.routes.filter(
            ({ exposure }) => exposure !== undefined && names.has(exposure),
          );
          if (routes.length === 0) return [];
          // What is wrong with a route to another service is for that one to say.
          const { status, reasons } = judgeIngress({
            ingress: { ...ingress, routes },
            exposures: all,
            now,
          });
          return [
            {
              name: ingress.meta.name,
              namespace,
              status,
              reason: reasons[0],
              className: ingress.className,
              routes: routes.map(route => ({
                ...route,
                url: urlOf(ingress, route),
              })),
              addresses: [...ingress.addresses],
              createdAt: ingress.meta.createdAt,
            },
          ];
        })
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    });
}

/** A wildcard host leads to no page in particular. */
function urlOf(
  { tlsHosts, tlsForAll }: IngressObject,
  { host, path = '/' }: IngressRoute,
): string | undefined {
  if (!host || host.startsWith('*')) return undefined;
  const secure =
    tlsForAll ||
    tlsHosts.some(
      one =>
        one === host ||
        (one.startsWith('*.') &&
          host.slice(host.indexOf('.')) === one.slice(1)),
    );
  // A path with a pattern is for the controller to read, not for a browser.
  const plain = /^\/[\w\-./~%]*$/.test(path) ? path : '/';
  const url = `${secure ? 'https' : 'http'}://${host}${plain}`;
  return URL.canParse(url) ? url : undefined;
}
