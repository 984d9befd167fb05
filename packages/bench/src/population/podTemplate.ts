import { BenchService } from './serviceNames';

/** Label by which the upstream plugin finds the objects of a Component; see its KUBERNETES_ANNOTATION. */
export const SERVICE_LABEL = 'backstage.io/kubernetes-id';

/** Labels that every object of a service carries. */
export function labelsOf(service: BenchService): Record<string, string> {
  return {
    [SERVICE_LABEL]: service.name,
    'app.kubernetes.io/name': service.name,
    'app.kubernetes.io/part-of': service.system,
    'app.kubernetes.io/managed-by': 'kubectl',
  };
}

export function selectorOf(service: BenchService): Record<string, string> {
  return { 'app.kubernetes.io/name': service.name };
}

export const RESOURCES = {
  requests: { cpu: '50m', memory: '128Mi' },
  limits: { memory: '256Mi' },
};

const probe = (path: string) => ({
  httpGet: { path, port: 'http', scheme: 'HTTP' },
  initialDelaySeconds: 5,
  periodSeconds: 10,
  timeoutSeconds: 2,
});

/** The pod of an ordinary web service: one container with probes, resources and a few settings. */
export function podTemplate(options: {
  service: BenchService;
  version: string;
  hash?: string;
}) {
  const { service, version, hash } = options;
  return {
    metadata: {
      labels: {
        ...labelsOf(service),
        ...(hash && { 'pod-template-hash': hash }),
      },
      annotations: {
        'prometheus.io/scrape': 'true',
        'prometheus.io/port': '9090',
      },
    },
    spec: {
      containers: [
        {
          name: service.name,
          image: imageOf({ service, version }),
          ports: [
            { name: 'http', containerPort: 8080, protocol: 'TCP' },
            { name: 'metrics', containerPort: 9090, protocol: 'TCP' },
          ],
          env: [
            { name: 'LOG_LEVEL', value: 'info' },
            { name: 'HTTP_PORT', value: '8080' },
            {
              name: 'POD_NAME',
              valueFrom: {
                fieldRef: { apiVersion: 'v1', fieldPath: 'metadata.name' },
              },
            },
            {
              name: 'DATABASE_URL',
              valueFrom: {
                secretKeyRef: { name: `${service.name}-db`, key: 'url' },
              },
            },
          ],
          resources: RESOURCES,
          readinessProbe: probe('/ready'),
          livenessProbe: probe('/live'),
        },
      ],
    },
  };
}

export function imageOf(options: { service: BenchService; version: string }) {
  return `registry.example.com/${options.service.system}/${options.service.name}:${options.version}`;
}
