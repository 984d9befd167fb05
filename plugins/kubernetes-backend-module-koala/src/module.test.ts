import {
  createBackendPlugin,
  coreServices,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  koalaClustersServiceRef,
  KubernetesAccess,
} from '@koala-ops/backstage-plugin-koala-node';
import supertest from 'supertest';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import kubernetesModuleKoala from '.';

const kubernetes = {
  serviceLocatorMethod: { type: 'multiTenant' },
  clusterLocatorMethods: [
    {
      type: 'config',
      clusters: [
        {
          name: 'dev',
          url: 'http://127.0.0.1:1',
          authProvider: 'localKubectlProxy',
        },
      ],
    },
  ],
};

/** Stands for koala-backend: keeps what it is handed. */
const receiver = (received: KubernetesAccess[]) =>
  createBackendPlugin({
    pluginId: 'koala',
    register(reg) {
      reg.registerInit({
        deps: {
          clusters: koalaClustersServiceRef,
          logger: coreServices.logger,
        },
        async init({ clusters }) {
          clusters.onOffer(access => received.push(access));
        },
      });
    },
  });

describe('kubernetesModuleKoala', () => {
  it('hands the clusters and credentials of the real plugin to Koala and leaves its routes alone', async () => {
    const received: KubernetesAccess[] = [];
    const backend = await startTestBackend({
      features: [
        mockServices.rootConfig.factory({ data: { kubernetes } }),
        catalogServiceMock.factory(),
        kubernetesPlugin,
        kubernetesModuleKoala,
        receiver(received),
      ],
    });
    try {
      expect(received).toHaveLength(1);
      const [{ clusterSupplier, authStrategyMap }] = received;
      const clusters = await clusterSupplier.getClusters({
        credentials: await mockServices.auth().getOwnServiceCredentials(),
      });
      expect(clusters.map(({ name, url }) => ({ name, url }))).toEqual([
        { name: 'dev', url: 'http://127.0.0.1:1' },
      ]);
      await expect(
        authStrategyMap.localKubectlProxy.getCredential(clusters[0], {}),
      ).resolves.toEqual({ type: 'anonymous' });
      expect(Object.keys(authStrategyMap)).toEqual(
        expect.arrayContaining(['serviceAccount', 'aws', 'google', 'oidc']),
      );

      const response = await supertest(backend.server).get(
        '/api/kubernetes/clusters',
      );
      expect(response.status).toBe(200);
      expect(response.body.items).toEqual([
        expect.objectContaining({ name: 'dev' }),
      ]);
    } finally {
      await backend.stop();
    }
  });
});
