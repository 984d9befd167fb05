import {
  createBackendPlugin,
  coreServices,
} from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import { DefaultKoalaClustersService } from './DefaultKoalaClustersService';
import { koalaClustersServiceRef } from './koalaClustersServiceRef';
import { KubernetesAccess } from './KubernetesAccess';

const access = (): KubernetesAccess => ({
  clusterSupplier: { getClusters: async () => [] },
  authStrategyMap: {},
});

describe('koalaClustersServiceRef', () => {
  it('is one object for every plugin of a backend', async () => {
    const offered = access();
    const received: KubernetesAccess[] = [];
    const plugin = (
      pluginId: string,
      use: (clusters: typeof koalaClustersServiceRef.T) => void,
    ) =>
      createBackendPlugin({
        pluginId,
        register(reg) {
          reg.registerInit({
            deps: {
              clusters: koalaClustersServiceRef,
              lifecycle: coreServices.lifecycle,
            },
            async init({ clusters, lifecycle }) {
              lifecycle.addStartupHook(() => use(clusters));
            },
          });
        },
      });
    const backend = await startTestBackend({
      features: [
        plugin('receiver', clusters =>
          clusters.onOffer(offer => received.push(offer)),
        ),
        plugin('giver', clusters => clusters.offer(offered)),
      ],
    });
    await backend.stop();
    expect(received).toEqual([offered]);
    expect(received[0]).toBe(offered);
  });

  it('hands over an offer that came before the question', () => {
    const clusters = DefaultKoalaClustersService.create();
    const offered = access();
    clusters.offer(offered);
    const listener = jest.fn();
    clusters.onOffer(listener);
    expect(listener).toHaveBeenCalledWith(offered);
    expect(clusters.current()).toBe(offered);
  });

  it('calls a listener for a later offer, and no more once it has left', () => {
    const clusters = DefaultKoalaClustersService.create();
    const listener = jest.fn();
    const leave = clusters.onOffer(listener);
    expect(clusters.current()).toBeUndefined();
    clusters.offer(access());
    leave();
    clusters.offer(access());
    expect(listener).toHaveBeenCalledTimes(1);
  });
});
