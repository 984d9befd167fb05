import {
  Endpoint,
  EndpointPort,
  EndpointSlice,
  Node,
  Pod,
  Service,
  ServicePort,
  resources,
} from '../../client';
import { hasLabels } from '../labels';
import { controllerReference } from '../ownership';
import { isFinished, isReady } from '../pods';

export const SERVICE_NAME_LABEL = 'kubernetes.io/service-name';
export const MANAGED_BY_LABEL = 'endpointslice.kubernetes.io/managed-by';
export const MANAGED_BY = 'endpointslice-controller.k8s.io';
const HEADLESS_LABEL = 'service.kubernetes.io/headless';

/** Endpoints of one slice at most. */
const MAX_ENDPOINTS = 100;

/** What slices of a service shall hold; names are given by who writes them. */
export type DesiredSlice = Pick<EndpointSlice, 'endpoints' | 'ports'>;

/** The port of the pod behind a port of the service; undefined where the pod has no such port. */
function portOf(
  pod: Pod,
  { targetPort, port }: ServicePort,
): number | undefined {
  if (typeof targetPort !== 'string') {
    return targetPort || port;
  }
  return [...pod.spec.containers, ...(pod.spec.initContainers ?? [])]
    .flatMap(container => container.ports ?? [])
    .find(({ name }) => name === targetPort)?.containerPort;
}

function portsOf(service: Service, pod: Pod): EndpointPort[] {
  return (service.spec.ports ?? []).flatMap(servicePort => {
    const port = portOf(pod, servicePort);
    const { name = '', protocol = 'TCP', appProtocol } = servicePort;
    return port === undefined
      ? []
      : [{ name, port, protocol, ...(appProtocol && { appProtocol }) }];
  });
}

function endpointOf(
  service: Service,
  pod: Pod,
  zone: string | undefined,
): Endpoint {
  const serving = isReady(pod);
  const terminating = Boolean(pod.metadata.deletionTimestamp);
  const { name, namespace, uid } = pod.metadata;
  const { hostname, subdomain, nodeName } = pod.spec;
  return {
    addresses: [pod.status?.podIP ?? ''],
    conditions: {
      ready:
        service.spec.publishNotReadyAddresses === true ||
        (serving && !terminating),
      serving,
      terminating,
    },
    ...(hostname && subdomain === service.metadata.name && { hostname }),
    ...(nodeName && { nodeName }),
    targetRef: { kind: 'Pod', namespace, name, uid },
    ...(zone && { zone }),
  };
}

/** Endpoints of a service, grouped by the ports they listen on, at most 100 to a slice. */
export function desiredSlices(options: {
  service: Service;
  /** Pods of the service's namespace. */
  pods: Pod[];
  nodes: (name: string) => Node | undefined;
}): DesiredSlice[] {
  const { service, pods, nodes } = options;
  const { selector } = service.spec;
  if (!selector || service.spec.type === 'ExternalName') {
    return [];
  }
  const groups = new Map<
    string,
    { ports: EndpointPort[]; endpoints: Endpoint[] }
  >();
  const selected = pods
    .filter(
      pod =>
        pod.status?.podIP &&
        !isFinished(pod) &&
        hasLabels(pod.metadata.labels, selector),
    )
    .sort((a, b) =>
      (a.metadata.name ?? '').localeCompare(b.metadata.name ?? ''),
    );
  for (const pod of selected) {
    const ports = portsOf(service, pod);
    const key = JSON.stringify(ports);
    const group = groups.get(key) ?? { ports, endpoints: [] };
    groups.set(key, group);
    const node = nodes(pod.spec.nodeName ?? '');
    const zone = node?.metadata.labels?.['topology.kubernetes.io/zone'];
    group.endpoints.push(endpointOf(service, pod, zone));
  }
  // A service without pods has one slice that says so.
  if (groups.size === 0) {
    return [{ ports: [], endpoints: [] }];
  }
  return [...groups.values()].flatMap(({ ports, endpoints }) =>
    Array.from(
      { length: Math.ceil(endpoints.length / MAX_ENDPOINTS) },
      (_, index) => ({
        ports,
        endpoints: endpoints.slice(
          index * MAX_ENDPOINTS,
          (index + 1) * MAX_ENDPOINTS,
        ),
      }),
    ),
  );
}

/** Labels of a service's slices: its own and the ones that tie them to it. */
export function sliceLabels(service: Service): Record<string, string> {
  const isHeadless = service.spec.clusterIP === 'None';
  return {
    ...service.metadata.labels,
    ...(isHeadless && { [HEADLESS_LABEL]: '' }),
    [MANAGED_BY_LABEL]: MANAGED_BY,
    [SERVICE_NAME_LABEL]: service.metadata.name ?? '',
  };
}

/** A slice as it is sent: without the list of ports where nothing listens. */
export function asSent(slice: EndpointSlice): EndpointSlice {
  return slice.ports?.length ? slice : { ...slice, ports: null };
}

/** A slice that is not on the server yet. */
export function newSlice(
  service: Service,
  desired: DesiredSlice,
): EndpointSlice {
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      generateName: `${service.metadata.name}-`,
      namespace: service.metadata.namespace,
      labels: sliceLabels(service),
      ownerReferences: [controllerReference(service, resources.services)],
    },
    addressType: 'IPv4',
    ...desired,
  };
}
