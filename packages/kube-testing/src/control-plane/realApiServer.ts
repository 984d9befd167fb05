import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { KubeletCredentials } from '@koala-ops/kube-sandbox';
import { ProcessCluster } from '../cluster/ProcessCluster';
import { writeIdentity } from '../cluster/writeIdentity';
import { freePorts } from '../process/freePorts';
import { ManagedProcess } from '../process/ManagedProcess';
import { Reaper } from '../process/Reaper';
import { GiveUp, until } from '../process/until';
import { Etcd } from './etcd';
import { TokenUser, tokensCsv } from './tokens';

/** What one real API server needs. */
export interface RealApiServerOptions {
  name: string;
  command: string;
  /** A folder of its own, for certificates, logs and the kubeconfig. */
  dir: string;
  etcd: Etcd;
  /** Files with the pair of keys that signs the tokens of service accounts. */
  serviceAccountKeys: { privateFile: string; publicFile: string };
  users: TokenUser[];
  /** How it reaches the simulated kubelets, for logs. */
  kubelet?: KubeletCredentials;
  /** False turns off the admission that needs a controller manager to let pods in. */
  controllers: boolean;
  reaper: Reaper;
}

/** Starts a kube-apiserver on a free port and resolves once it is ready. */
export async function startRealApiServer(
  options: RealApiServerOptions,
): Promise<ProcessCluster> {
  const { name, command, dir, etcd, users, kubelet, reaper } = options;
  const [port] = await freePorts(1);
  const tokenFile = join(dir, 'tokens.csv');
  await writeFile(tokenFile, tokensCsv(users), { mode: 0o600 });
  const server = ManagedProcess.start({
    command,
    args: [
      ...apiServerArguments({ ...options, port, tokenFile }),
      ...(kubelet ? await kubeletArguments(kubelet, dir) : []),
    ],
    logFile: join(dir, 'kube-apiserver.log'),
    reaper,
  });
  const caPem = await until({
    what: `the certificate of cluster ${name}`,
    attempt: async () => {
      if (!server.running) {
        throw new GiveUp(server.failure('ended before it was ready'));
      }
      const pem = await readFile(join(dir, 'apiserver.crt'), 'utf8');
      return pem.includes('END CERTIFICATE') && pem;
    },
  });
  const url = `https://127.0.0.1:${port}`;
  return ProcessCluster.ready({
    kind: 'real',
    identity: await writeIdentity({ name, url, caPem, users, dir }),
    server,
    compact: () => etcd.compact(),
  });
}

/** The certificate by which kubelets know this server, and where it finds them: on this machine. */
async function kubeletArguments(
  { caPem, client }: KubeletCredentials,
  dir: string,
): Promise<string[]> {
  const files = {
    'certificate-authority': caPem,
    'client-certificate': client.cert,
    'client-key': client.key,
  };
  const flags = await Promise.all(
    Object.entries(files).map(async ([name, pem]) => {
      const file = join(dir, `kubelet-${name}.pem`);
      await writeFile(file, pem, { mode: 0o600 });
      return `--kubelet-${name}=${file}`;
    }),
  );
  return [...flags, '--kubelet-preferred-address-types=InternalDNS,InternalIP'];
}

function apiServerArguments(
  options: RealApiServerOptions & { port: number; tokenFile: string },
): string[] {
  const { name, dir, etcd, port, tokenFile, serviceAccountKeys } = options;
  return [
    `--etcd-servers=${etcd.url}`,
    `--etcd-prefix=/${name}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    // The server writes a certificate for 127.0.0.1 here and finds it again after a restart.
    `--cert-dir=${dir}`,
    '--service-cluster-ip-range=10.96.0.0/16',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${serviceAccountKeys.publicFile}`,
    `--service-account-signing-key-file=${serviceAccountKeys.privateFile}`,
    `--token-auth-file=${tokenFile}`,
    '--authorization-mode=RBAC',
    '--endpoint-reconciler-type=none',
    '--allow-privileged',
    ...(options.controllers
      ? []
      : ['--disable-admission-plugins=ServiceAccount']),
  ];
}
