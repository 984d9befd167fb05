/** A pod template of one container; its image says how it fares on simulated nodes. */
export function template(
  options: { image?: string; podSpec?: object; container?: object } = {},
): any {
  const { image = 'shop/cart:1.0.0', podSpec, container } = options;
  return {
    metadata: { labels: { app: 'web' } },
    spec: {
      containers: [{ name: 'main', image, ...container }],
      terminationGracePeriodSeconds: 1,
      automountServiceAccountToken: false,
      ...podSpec,
    },
  };
}

const metadata = { name: 'web', labels: { app: 'web' } };
const selector = { matchLabels: { app: 'web' } };

interface Options {
  spec?: object;
  image?: string;
  podSpec?: object;
  container?: object;
}

export function deployment({ spec, ...pod }: Options = {}): any {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata,
    spec: { replicas: 2, selector, template: template(pod), ...spec },
  };
}

export function statefulSet({ spec, ...pod }: Options = {}): any {
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata,
    spec: {
      replicas: 3,
      serviceName: 'web',
      selector,
      template: template(pod),
      ...spec,
    },
  };
}

export function daemonSet({ spec, ...pod }: Options = {}): any {
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata,
    spec: { selector, template: template(pod), ...spec },
  };
}

function jobSpec({ spec, podSpec, ...pod }: Options): any {
  return {
    backoffLimit: 1,
    template: template({
      ...pod,
      podSpec: { restartPolicy: 'Never', ...podSpec },
    }),
    ...spec,
  };
}

export function job(options: Options = {}): any {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata,
    spec: jobSpec(options),
  };
}

export function cronJob(options: Options & { cron?: object } = {}): any {
  const { cron, ...rest } = options;
  return {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata,
    spec: {
      schedule: '* * * * *',
      jobTemplate: { spec: jobSpec(rest) },
      ...cron,
    },
  };
}

export function claim(name: string, spec: object = {}): any {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name },
    spec: {
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
      ...spec,
    },
  };
}

/** Storage that exists; claims of its class are bound to it. */
export function persistentVolume(name: string): any {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolume',
    metadata: { name },
    spec: {
      accessModes: ['ReadWriteOnce'],
      capacity: { storage: '1Gi' },
      storageClassName: name,
      hostPath: { path: '/data' },
    },
  };
}

export function mounting(claimName: string): object {
  return {
    volumes: [{ name: 'data', persistentVolumeClaim: { claimName } }],
  };
}

export function service(spec: object = {}): any {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata,
    spec: { selector: { app: 'web' }, ports: [{ port: 80 }], ...spec },
  };
}

export function ingress(backend: string): any {
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata,
    spec: {
      rules: [
        {
          host: 'web.example.com',
          http: {
            paths: [
              {
                path: '/',
                pathType: 'Prefix',
                backend: { service: { name: backend, port: { number: 80 } } },
              },
            ],
          },
        },
      ],
    },
  };
}

export function autoscaler(minReplicas: number): any {
  return {
    apiVersion: 'autoscaling/v2',
    kind: 'HorizontalPodAutoscaler',
    metadata,
    spec: {
      scaleTargetRef: {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        name: 'web',
      },
      minReplicas,
      maxReplicas: 4,
    },
  };
}

export function budget(minAvailable: number | string): any {
  return {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata,
    spec: { minAvailable, selector },
  };
}

export function quota(pods: number): any {
  return {
    apiVersion: 'v1',
    kind: 'ResourceQuota',
    metadata: { name: 'pods' },
    spec: { hard: { pods: String(pods) } },
  };
}
