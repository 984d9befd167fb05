import { BenchCluster } from '../clusters/BenchCluster';

/** Which backend is measured. */
export type SubjectKey = 'upstream' | 'tuned' | 'koala';

/** What a tuned upstream still lists: the kinds that its own page needs for a web service. */
const TUNED_OBJECT_TYPES = [
  'pods',
  'services',
  'deployments',
  'replicasets',
  'ingresses',
];

/** Configuration of one backend. All three differ in nothing but what they measure. */
export function portalConfig(options: {
  subject: SubjectKey;
  port: number;
  clusters: readonly BenchCluster[];
  catalogFile: string;
  serviceToken: string;
}): object {
  const { subject, port, clusters, catalogFile, serviceToken } = options;
  const baseUrl = `http://127.0.0.1:${port}`;
  return {
    app: { baseUrl },
    backend: {
      baseUrl,
      listen: { host: '127.0.0.1', port },
      database: { client: 'better-sqlite3', connection: ':memory:' },
      auth: {
        externalAccess: [
          {
            type: 'static',
            options: { token: serviceToken, subject: 'bench' },
          },
        ],
      },
    },
    auth: {
      providers: {
        guest: {
          userEntityRef: 'user:default/guest',
          // It listens on loopback, and production is what people run.
          dangerouslyAllowOutsideDevelopment: true,
        },
      },
    },
    permission: { enabled: true },
    catalog: {
      // Processed once, so that no backend works on its catalog while it is measured.
      processingInterval: { hours: 24 },
      rules: [{ allow: ['Component', 'System', 'Resource', 'User'] }],
      locations: [{ type: 'file', target: catalogFile }],
    },
    kubernetes: {
      serviceLocatorMethod: {
        type: subject === 'tuned' ? 'catalogRelation' : 'multiTenant',
      },
      ...(subject === 'tuned' && { objectTypes: TUNED_OBJECT_TYPES }),
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: clusters.map(({ name, url, caFile, token }) => ({
            name,
            url,
            caFile,
            authProvider: 'serviceAccount',
            serviceAccountToken: token,
            // Spares upstream two requests per cluster and view: these clusters have no metrics.
            skipMetricsLookup: true,
          })),
        },
      ],
    },
    ...(subject === 'koala' && { koala: koalaConfig(clusters) }),
  };
}

/** One environment per cluster, each promoted from the one before. */
function koalaConfig(clusters: readonly BenchCluster[]) {
  return {
    environments: clusters.map(({ name }, index) => ({
      name,
      ...(index > 0 && { promotesFrom: clusters[index - 1].name }),
      targets: [{ cluster: name, namespaces: { template: '{system}' } }],
    })),
  };
}
