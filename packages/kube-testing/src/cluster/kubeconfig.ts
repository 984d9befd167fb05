import { stringify } from 'yaml';

/** A kubeconfig with one cluster, one user with a bearer token, and one context, all of that name. */
export function kubeconfigYaml(options: {
  name: string;
  url: string;
  caPem: string;
  token: string;
}): string {
  const { name, url, caPem, token } = options;
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      {
        name,
        cluster: {
          server: url,
          'certificate-authority-data': Buffer.from(caPem).toString('base64'),
        },
      },
    ],
    users: [{ name, user: { token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  });
}
