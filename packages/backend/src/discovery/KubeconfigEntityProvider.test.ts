import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { ClusterError, DiscoveredCluster } from './DiscoveredCluster';
import { KubeconfigEntityProvider } from './KubeconfigEntityProvider';

type Answer = (path: string) => Array<{ name: string; namespace: string }>;

describe('KubeconfigEntityProvider', () => {
  async function connect(given: {
    answers: Record<string, Answer>;
    namespaces: Record<string, string[]>;
  }) {
    const clusters = Object.entries(given.answers).map(
      ([name, answer]): DiscoveredCluster => ({
        name,
        server: `https://${name}.example`,
        async list<T>(path: string) {
          return answer(path).map(metadata => ({ metadata })) as T[];
        },
      }),
    );
    let refresh: () => Promise<void> = async () => {
      throw new Error('Nothing was scheduled');
    };
    const logger = mockServices.logger.mock();
    const provider = KubeconfigEntityProvider.create({
      clusters,
      namespaces: new Map(
        Object.entries(given.namespaces).map(([name, list]) => [
          name,
          new Set(list),
        ]),
      ),
      schedule: {
        run: async task => {
          refresh = async () => task.fn(new AbortController().signal);
        },
      },
      logger,
    });
    let entities: Entity[] = [];
    await provider.connect({
      applyMutation: async mutation => {
        entities =
          mutation.type === 'full'
            ? mutation.entities.map(({ entity }) => entity)
            : [];
      },
      refresh: async () => {},
    });
    return {
      logger,
      components: async () => {
        await refresh();
        return entities
          .filter(({ kind }) => kind === 'Component')
          .map(({ metadata }) => metadata.name);
      },
    };
  }

  it('finds the services of the namespaces that environments name, and no others', async () => {
    const { components } = await connect({
      namespaces: { dev: ['shop'] },
      answers: {
        dev: () => [
          { name: 'cart', namespace: 'shop' },
          { name: 'coredns', namespace: 'kube-system' },
        ],
      },
    });
    expect(await components()).toEqual(['cart']);
  });

  it('keeps the services of a cluster that is away, and says so once', async () => {
    let isAway = false;
    const { components, logger } = await connect({
      namespaces: { dev: ['shop'], prod: ['shop'] },
      answers: {
        dev: () => [{ name: 'cart', namespace: 'shop' }],
        prod: () => {
          if (isAway) throw new ClusterError('does not answer: gone');
          return [{ name: 'orders', namespace: 'shop' }];
        },
      },
    });
    expect(await components()).toEqual(['cart', 'orders']);
    isAway = true;
    expect(await components()).toEqual(['cart', 'orders']);
    expect(await components()).toEqual(['cart', 'orders']);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(logger.warn).toHaveBeenCalledWith(expect.stringContaining('prod'));
  });

  it('reads namespace by namespace where the whole cluster is forbidden', async () => {
    const { components } = await connect({
      namespaces: { dev: ['shop', 'pay'] },
      answers: {
        dev: path => {
          const namespace = /namespaces\/([^/]+)\//.exec(path)?.[1];
          if (!namespace) throw new ClusterError('forbidden', 403);
          return [{ name: `${namespace}-api`, namespace }];
        },
      },
    });
    expect(await components()).toEqual(['pay-api', 'shop-api']);
  });

  it('forgets a service once it is gone', async () => {
    let services = ['cart', 'orders'];
    const { components } = await connect({
      namespaces: { dev: ['shop'] },
      answers: {
        dev: () => services.map(name => ({ name, namespace: 'shop' })),
      },
    });
    await components();
    services = ['cart'];
    expect(await components()).toEqual(['cart']);
  });
});
