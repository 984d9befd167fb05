import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TokenUser } from '../control-plane/tokens';
import { kubeconfigYaml } from './kubeconfig';
import { TestCluster } from './TestCluster';

/** What a client has to know of a cluster, the files included. */
export type ClusterIdentity = Pick<
  TestCluster,
  'name' | 'url' | 'caPem' | 'caFile' | 'token' | 'users' | 'kubeconfig'
>;

/** Writes the certificate and the administrator's kubeconfig into `dir`. The first user is the administrator. */
export async function writeIdentity(options: {
  name: string;
  url: string;
  caPem: string;
  users: TokenUser[];
  dir: string;
}): Promise<ClusterIdentity> {
  const { name, url, caPem, users, dir } = options;
  const [{ token }, ...others] = users;
  const kubeconfig = join(dir, 'kubeconfig.yaml');
  const caFile = join(dir, 'trusted-ca.pem');
  await mkdir(dir, { recursive: true });
  await writeFile(caFile, caPem);
  await writeFile(kubeconfig, kubeconfigYaml({ name, url, caPem, token }), {
    mode: 0o600,
  });
  return {
    name,
    url,
    caPem,
    caFile,
    token,
    users: Object.fromEntries(others.map(user => [user.name, user.token])),
    kubeconfig,
  };
}
