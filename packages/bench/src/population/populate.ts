import { BenchCluster } from '../clusters/BenchCluster';
import { ClusterClient } from '../clusters/ClusterClient';
import { createService } from './createService';
import { BenchService } from './serviceNames';

/** Services that are written at once in one cluster. */
const PARALLEL = 8;

/** Writes every service into every cluster: no controller has a hand in it, so nothing moves afterwards. */
export async function populate(options: {
  clusters: readonly BenchCluster[];
  services: readonly BenchService[];
}): Promise<void> {
  const { clusters, services } = options;
  await Promise.all(
    clusters.map(async cluster => {
      const client = ClusterClient.connect(cluster);
      try {
        await createNamespaces({ client, services });
        const time = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
        const queue = services.entries();
        await Promise.all(
          Array.from({ length: PARALLEL }, async () => {
            for (const [ordinal, service] of queue) {
              await createService({ client, service, ordinal, time });
            }
          }),
        );
      } finally {
        await client.close();
      }
    }),
  );
}

async function createNamespaces(options: {
  client: ClusterClient;
  services: readonly BenchService[];
}): Promise<void> {
  const { client, services } = options;
  const namespaces = new Set(services.map(({ system }) => system));
  for (const name of namespaces) {
    await client.send({
      method: 'POST',
      path: '/api/v1/namespaces',
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name } },
    });
    // Without its default account a namespace admits no pod, and no controller makes it here.
    await client.send({
      method: 'POST',
      path: `/api/v1/namespaces/${name}/serviceaccounts`,
      body: {
        apiVersion: 'v1',
        kind: 'ServiceAccount',
        metadata: { name: 'default' },
      },
    });
  }
}
