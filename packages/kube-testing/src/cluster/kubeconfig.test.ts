import { parse } from 'yaml';
import { kubeconfigYaml } from './kubeconfig';

it('names everything after the cluster and carries the certificate as base64', () => {
  const config = parse(
    kubeconfigYaml({
      name: 'prod-eu',
      url: 'https://127.0.0.1:1',
      caPem: 'PEM',
      token: 't',
    }),
  );
  expect(config['current-context']).toBe('prod-eu');
  expect(config.contexts).toEqual([
    { name: 'prod-eu', context: { cluster: 'prod-eu', user: 'prod-eu' } },
  ]);
  expect(config.clusters[0].cluster).toEqual({
    server: 'https://127.0.0.1:1',
    'certificate-authority-data': 'UEVN',
  });
  expect(config.users[0].user).toEqual({ token: 't' });
});
