import { iso } from './clock';

/** A Service as the API server sends it, created at the start. */
export function rawService(
  options: {
    name?: string;
    spec?: Record<string, unknown>;
    status?: Record<string, unknown>;
    metadata?: Record<string, unknown>;
  } = {},
) {
  const { name = 'checkout' } = options;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name,
      namespace: 'shop-prod',
      uid: `uid-svc-${name}`,
      resourceVersion: '9',
      creationTimestamp: iso(0),
      ...options.metadata,
    },
    spec: {
      type: 'ClusterIP',
      clusterIP: '10.0.0.7',
      selector: { 'app.kubernetes.io/name': name },
      ports: [{ name: 'http', port: 80, targetPort: 8080, protocol: 'TCP' }],
      ...options.spec,
    },
    status: { loadBalancer: {}, ...options.status },
  };
}

/** An EndpointSlice with so many endpoints of each sort. */
export function rawEndpointSlice(
  options: {
    exposure?: string;
    suffix?: string;
    ready?: number;
    notReady?: number;
    terminating?: number;
    addressType?: string;
  } = {},
) {
  const {
    exposure = 'checkout',
    suffix = 'x7k2p',
    addressType = 'IPv4',
  } = options;
  const { ready = 0, notReady = 0, terminating = 0 } = options;
  const endpoints = (count: number, conditions: unknown) =>
    Array.from({ length: count }, (_, index) => ({
      addresses: [`10.1.0.${index}`],
      conditions,
    }));
  return {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: `${exposure}-${suffix}`,
      namespace: 'shop-prod',
      uid: `uid-slice-${exposure}-${suffix}`,
      creationTimestamp: iso(0),
      labels: { 'kubernetes.io/service-name': exposure },
    },
    addressType,
    endpoints: [
      ...endpoints(ready, { ready: true, serving: true, terminating: false }),
      ...endpoints(notReady, {
        ready: false,
        serving: false,
        terminating: false,
      }),
      ...endpoints(terminating, {
        ready: false,
        serving: true,
        terminating: true,
      }),
    ],
  };
}
