/** A ConfigMap: the smallest object that no controller touches. */
export function configMap(
  name: string,
  more: {
    labels?: Record<string, string>;
    data?: Record<string, string>;
    metadata?: object;
    [key: string]: unknown;
  } = {},
): any {
  const { labels, data, metadata, ...rest } = more;
  return {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, ...(labels ? { labels } : {}), ...metadata },
    ...(data ? { data } : {}),
    ...rest,
  };
}

/** A Deployment of one container; the image decides how its pods fare on simulated nodes. */
export function deployment(
  name: string,
  more: {
    image?: string;
    replicas?: number;
    spec?: object;
    labels?: Record<string, string>;
    podSpec?: object;
    readinessProbe?: object;
  } = {},
): any {
  const { image = 'shop/cart:1.0.0', replicas = 1, labels } = more;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, labels: { app: name, ...labels } },
    spec: {
      replicas,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [
            {
              name: 'main',
              image,
              ...(more.readinessProbe
                ? { readinessProbe: more.readinessProbe }
                : {}),
            },
          ],
          terminationGracePeriodSeconds: 1,
          ...more.podSpec,
        },
      },
      ...more.spec,
    },
  };
}

/** A pod that no scheduler takes, so that its status is the test's to write. */
export function unscheduledPod(name: string, labels?: object): any {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels },
    spec: {
      schedulerName: 'nobody',
      automountServiceAccountToken: false,
      containers: [{ name: 'main', image: 'shop/cart:1.0.0' }],
    },
  };
}

/** A Service of type ClusterIP that selects `app=<name>`. */
export function service(name: string, spec: object = {}): any {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name },
    spec: { selector: { app: name }, ports: [{ port: 80 }], ...spec },
  };
}

export const READINESS_PROBE = {
  httpGet: { path: '/', port: 80 },
  periodSeconds: 1,
};
