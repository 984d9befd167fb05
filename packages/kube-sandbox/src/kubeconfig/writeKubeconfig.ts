import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { stringify } from 'yaml';

/** A cluster and the token to reach it with, as a kubeconfig names them. */
export interface KubeconfigCluster {
  /** Name of the cluster, its user and its context. */
  name: string;
  url: string;
  caPem: string;
  token: string;
  /** Namespace of the context; `default` if not given. */
  namespace?: string;
}

/** Writes a kubeconfig with one context per cluster; the first one is the current context. */
export async function writeKubeconfig(options: {
  clusters: readonly KubeconfigCluster[];
  file: string;
}): Promise<void> {
  const { clusters, file } = options;
  const text = stringify(
    {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: clusters.map(({ name, url, caPem }) => ({
        name,
        cluster: {
          server: url,
          'certificate-authority-data': Buffer.from(caPem).toString('base64'),
        },
      })),
      users: clusters.map(({ name, token }) => ({ name, user: { token } })),
      contexts: clusters.map(({ name, namespace }) => ({
        name,
        context: { cluster: name, user: name, ...(namespace && { namespace }) },
      })),
      'current-context': clusters[0]?.name ?? '',
    },
    { lineWidth: 0 },
  );
  await mkdir(dirname(file), { recursive: true });
  // A reader never sees half a file.
  const temporary = `${file}.${process.pid}.tmp`;
  await writeFile(temporary, text, { mode: 0o600 });
  await rename(temporary, file);
}
