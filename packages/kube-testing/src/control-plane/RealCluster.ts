import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  RawKubeClient,
  RawRequestInit,
  RawResponse,
} from '../client/RawKubeClient';
import { kubeconfigYaml } from '../cluster/kubeconfig';
import { TestCluster } from '../cluster/TestCluster';
import { ManagedProcess } from '../process/ManagedProcess';
import { freePorts } from '../process/freePorts';
import { Reaper } from '../process/Reaper';
import { GiveUp, until } from '../process/until';
import { Etcd } from './etcd';
import { TokenUser, tokensCsv } from './tokens';

/** What one real API server needs. */
export interface RealClusterOptions {
  name: string;
  command: string;
  /** A folder of its own, for certificates, logs and the kubeconfig. */
  dir: string;
  etcd: Etcd;
  /** Files with the pair of keys that signs the tokens of service accounts. */
  serviceAccountKeys: { privateFile: string; publicFile: string };
  users: TokenUser[];
  /** False turns off the admission that needs a controller manager to let pods in. */
  controllers: boolean;
  reaper: Reaper;
}

/** A kube-apiserver process. */
export class RealCluster implements TestCluster {
  readonly kind = 'real';
  readonly #server: ManagedProcess;
  readonly #etcd: Etcd;

  /** Starts the API server on a free port and resolves once it is ready. */
  static async start(options: RealClusterOptions): Promise<RealCluster> {
    const { name, command, dir, etcd, users, reaper } = options;
    const [port] = await freePorts(1);
    const url = `https://127.0.0.1:${port}`;
    const tokenFile = join(dir, 'tokens.csv');
    await writeFile(tokenFile, tokensCsv(users), { mode: 0o600 });
    const server = ManagedProcess.start({
      command,
      args: apiServerArguments({ ...options, port, tokenFile }),
      logFile: join(dir, 'kube-apiserver.log'),
      reaper,
    });

    const caFile = join(dir, 'apiserver.crt');
    const caPem = await until({
      what: `the certificate of cluster ${name}`,
      attempt: async () => {
        giveUpUnlessRunning(server);
        const pem = await readFile(caFile, 'utf8');
        return pem.includes('END CERTIFICATE') && pem;
      },
    });
    const [{ token }, ...others] = users;
    const kubeconfig = join(dir, 'kubeconfig.yaml');
    await writeFile(kubeconfig, kubeconfigYaml({ name, url, caPem, token }), {
      mode: 0o600,
    });
    const cluster = new RealCluster({
      name,
      url,
      caPem,
      caFile,
      token,
      users: Object.fromEntries(others.map(user => [user.name, user.token])),
      kubeconfig,
      server,
      etcd,
    });
    await cluster.ready();
    return cluster;
  }

  readonly name: string;
  readonly url: string;
  readonly caPem: string;
  readonly caFile: string;
  readonly token: string;
  readonly users: Readonly<Record<string, string>>;
  readonly kubeconfig: string;
  readonly client: RawKubeClient;

  private constructor(
    options: Pick<
      TestCluster,
      'name' | 'url' | 'caPem' | 'caFile' | 'token' | 'users' | 'kubeconfig'
    > & { server: ManagedProcess; etcd: Etcd },
  ) {
    this.name = options.name;
    this.url = options.url;
    this.caPem = options.caPem;
    this.caFile = options.caFile;
    this.token = options.token;
    this.users = options.users;
    this.kubeconfig = options.kubeconfig;
    this.client = RawKubeClient.create(options);
    this.#server = options.server;
    this.#etcd = options.etcd;
  }

  get pid(): number | undefined {
    return this.#server.pid;
  }

  request(path: string, init?: RawRequestInit): Promise<RawResponse> {
    return this.client.request(path, init);
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT' | 'SIGKILL'): void {
    this.#server.signal(signal);
  }

  async restart(): Promise<void> {
    this.client.close();
    await this.#server.respawn();
    await this.ready();
  }

  forgetHistory(): Promise<void> {
    return this.#etcd.compact();
  }

  private async ready(): Promise<void> {
    await until({
      what: `cluster ${this.name} being ready`,
      boundMs: 120_000,
      attempt: async () => {
        giveUpUnlessRunning(this.#server);
        const { status } = await this.client.get('/readyz');
        return status === 200;
      },
    }).catch(error => {
      throw this.#server.running ? this.#server.failure(error.message) : error;
    });
    // The default namespace is written by a loop that may still be starting.
    await until({
      what: `namespace default of cluster ${this.name}`,
      attempt: async () =>
        (await this.client.get('/api/v1/namespaces/default')).status === 200,
    });
  }
}

function giveUpUnlessRunning(server: ManagedProcess): void {
  if (!server.running) {
    throw new GiveUp(server.failure('ended before it was ready'));
  }
}

function apiServerArguments(
  options: RealClusterOptions & { port: number; tokenFile: string },
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
