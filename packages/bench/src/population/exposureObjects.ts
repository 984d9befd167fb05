import { Owner, ownedBy } from './owner';
import { labelsOf, selectorOf } from './podTemplate';
import { BenchService } from './serviceNames';

export function exposure(service: BenchService) {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: service.name,
      namespace: service.system,
      labels: labelsOf(service),
    },
    spec: {
      selector: selectorOf(service),
      ports: [{ name: 'http', port: 80, targetPort: 'http', protocol: 'TCP' }],
    },
  };
}

/** What the EndpointSlice controller would write: every pod is ready. */
export function endpointSlice(options: {
  service: BenchService;
  owner: Owner;
  pods: { name: string; address: string }[];
}) {
  const { service, owner, pods } = options;
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${service.name}-x7f2k`,
      namespace: service.system,
      labels: {
        ...labelsOf(service),
        'kubernetes.io/service-name': service.name,
        'endpointslice.kubernetes.io/managed-by':
          'endpointslice-controller.k8s.io',
      },
      ownerReferences: [ownedBy(owner)],
    },
    addressType: 'IPv4',
    endpoints: pods.map(({ name, address }) => ({
      addresses: [address],
      conditions: { ready: true, serving: true, terminating: false },
      targetRef: { kind: 'Pod', name, namespace: service.system },
    })),
    ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
  };
}
