import { mockServices } from '@backstage/backend-test-utils';
import {
  AuthenticationStrategy,
  ClusterDetails,
} from '@backstage/plugin-kubernetes-node';
import { DefaultKoalaClustersService } from '@koala-ops/backstage-plugin-koala-node';
import { KubernetesPluginSource } from './KubernetesPluginSource';

const PROVIDER = 'kubernetes.io/auth-provider';

const cluster = (
  name: string,
  provider: string,
  options: Partial<ClusterDetails> = {},
): ClusterDetails => ({
  name,
  url: `https://${name}.example:6443`,
  authMetadata: { [PROVIDER]: provider },
  ...options,
});

const strategy = (
  getCredential: AuthenticationStrategy['getCredential'],
): AuthenticationStrategy => ({
  getCredential,
  validateCluster: () => [],
  presentAuthMetadata: () => ({}),
});

function sourceOf(
  clusters: ClusterDetails[],
  strategies: Record<string, AuthenticationStrategy>,
) {
  const offers = DefaultKoalaClustersService.create();
  const getClusters = jest.fn(async () => clusters);
  const offer = () =>
    offers.offer({
      clusterSupplier: { getClusters },
      authStrategyMap: strategies,
    });
  const source = KubernetesPluginSource.create({
    offers,
    auth: mockServices.auth(),
  });
  return { source, offer, getClusters, offers };
}

describe('KubernetesPluginSource', () => {
  it('cannot say anything before the plugin has offered, and tells when it has', async () => {
    const { source, offer } = sourceOf([], {});
    expect(await source.clusters()).toBeUndefined();
    const changed = jest.fn();
    source.onChange(changed);
    offer();
    expect(changed).toHaveBeenCalledTimes(1);
    expect(await source.clusters()).toEqual([]);
  });

  it('asks as the backend itself and takes over how to connect', async () => {
    const { source, offer, getClusters } = sourceOf(
      [
        cluster('a', 'serviceAccount', {
          title: 'A',
          caData: Buffer.from('PEM').toString('base64'),
          skipTLSVerify: true,
        }),
      ],
      {
        serviceAccount: strategy(async ({ name }) => ({
          type: 'bearer token',
          token: `${name}-token\n`,
        })),
      },
    );
    offer();
    const [connection] = (await source.clusters())!;
    expect(getClusters).toHaveBeenCalledWith({
      credentials: await mockServices.auth().getOwnServiceCredentials(),
    });
    expect(connection).toMatchObject({
      name: 'a',
      title: 'A',
      url: 'https://a.example:6443',
      ca: 'PEM',
      skipTlsVerify: true,
      unwatchable: undefined,
    });
    await expect(connection.credential()).resolves.toEqual({
      type: 'token',
      token: 'a-token',
    });
  });

  it('has a fingerprint that follows place and identity, and nothing else', async () => {
    const token = (value: string) => ({
      authMetadata: {
        [PROVIDER]: 'serviceAccount',
        serviceAccountToken: value,
      },
    });
    const clusters = [cluster('a', 'serviceAccount', token('one'))];
    const { source, offer } = sourceOf(clusters, {
      serviceAccount: strategy(async () => ({ type: 'anonymous' })),
    });
    offer();
    const fingerprint = async () => (await source.clusters())![0].fingerprint;
    const first = await fingerprint();
    expect(await fingerprint()).toBe(first);
    clusters[0].dashboardUrl = 'https://dashboard.example';
    expect(await fingerprint()).toBe(first);
    clusters[0] = cluster('a', 'serviceAccount', token('two'));
    const second = await fingerprint();
    expect(second).not.toBe(first);
    expect(second).not.toContain('two');
    clusters[0].url = 'https://elsewhere.example';
    expect(await fingerprint()).not.toBe(second);
  });

  it.each(['google', 'oidc', 'aks'])(
    'does not even ask for a credential of %s, which only users have',
    async provider => {
      const getCredential = jest.fn();
      const { source, offer } = sourceOf([cluster('a', provider)], {
        [provider]: strategy(getCredential),
      });
      offer();
      const [connection] = (await source.clusters())!;
      expect(connection.unwatchable).toContain(`"${provider}"`);
      expect(getCredential).not.toHaveBeenCalled();
    },
  );

  it('asks a strategy it does not know whether it can do without a user', async () => {
    const { source, offer } = sourceOf(
      [
        cluster('user', 'needs-user'),
        cluster('vault', 'vault'),
        cluster('none', 'unknown'),
        cluster('proto', 'constructor'),
      ],
      {
        'needs-user': strategy(async () => {
          throw new Error('no token of a user');
        }),
        vault: strategy(async () => ({
          type: 'x509 client certificate',
          cert: 'CERT',
          key: 'KEY',
        })),
      },
    );
    offer();
    const [user, vault, none, proto] = (await source.clusters())!;
    expect(user.unwatchable).toContain('no token of a user');
    expect(vault.unwatchable).toBeUndefined();
    await expect(vault.credential()).resolves.toEqual({
      type: 'certificate',
      cert: 'CERT',
      key: 'KEY',
    });
    expect(none.unwatchable).toContain('has no strategy');
    expect(proto.unwatchable).toContain('has no strategy');
  });

  it('does not give a known provider up for a credential that cannot be had right now', async () => {
    const { source, offer } = sourceOf([cluster('a', 'aws')], {
      aws: strategy(async () => {
        throw new Error('STS is away');
      }),
    });
    offer();
    const [connection] = (await source.clusters())!;
    expect(connection.unwatchable).toBeUndefined();
    await expect(connection.credential()).rejects.toThrow('STS is away');
  });

  it('needs no credential for kubectl proxy', async () => {
    const { source, offer } = sourceOf(
      [cluster('local', 'localKubectlProxy', { url: 'http://127.0.0.1:8001' })],
      {
        localKubectlProxy: strategy(async () => ({ type: 'anonymous' })),
      },
    );
    offer();
    const [connection] = (await source.clusters())!;
    expect(connection.unwatchable).toBeUndefined();
    await expect(connection.credential()).resolves.toEqual({
      type: 'anonymous',
    });
  });

  it.each([
    [{ url: 'ftp://a.example' }, /neither https nor http/],
    [{ url: 'not a url' }, /Invalid URL/],
    [{ caFile: '/nowhere/ca.crt' }, /no such file/],
  ])('says what is wrong with %j', async (options, message) => {
    const { source, offer } = sourceOf([cluster('a', 'aws', options)], {
      aws: strategy(async () => ({ type: 'bearer token', token: 't' })),
    });
    offer();
    const [connection] = (await source.clusters())!;
    expect(connection.unwatchable).toMatch(message);
  });
});
