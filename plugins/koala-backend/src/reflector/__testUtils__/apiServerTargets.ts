import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApiServer } from '@koala-ops/kube-sandbox';
import {
  ControlPlaneUnavailableError,
  RawKubeClient,
  startControlPlane,
} from '@koala-ops/kube-testing';
import { TcpGate } from './TcpGate';

/** An API server that a test may treat badly. */
export interface ApiServerTarget {
  url: string;
  ca: string;
  /** Of an administrator. */
  token: string;
  /** Of the user `nobody`, who may do what roles allow. */
  limitedToken: string;
  client: RawKubeClient;
  freeze(): void;
  thaw(): void;
  /** Resets the TCP connections. */
  reset(): void;
  /** Cuts the network between Koala and the server; the client of the test still reaches it. */
  cutOff(): Promise<void>;
  reconnect(): Promise<void>;
  kill(): Promise<void>;
  /** Starts it again where it was, with the objects it had. */
  restart(): Promise<void>;
  /** Older versions answer 410 from now on. */
  forgetHistory(): Promise<void>;
}

/** Two clusters of one kind. */
export interface ApiServerPair {
  faulty: ApiServerTarget;
  other: ApiServerTarget;
  stop(): Promise<void>;
}

/** The user of the limited token. */
export const LIMITED_USER = 'nobody';

const ADMIN = { user: 'admin', groups: ['system:masters'] };

/** Two clusters of the sandbox, inside this process. */
export async function startSandboxPair(): Promise<ApiServerPair> {
  const dir = await mkdtemp(join(tmpdir(), 'koala-sandbox-'));
  const stops: Array<() => Promise<void>> = [];
  const start = async (name: string): Promise<ApiServerTarget> => {
    const tls = { dir };
    const tokens = { admin: ADMIN, limited: { user: LIMITED_USER } };
    let server = await startApiServer({ name, tokens, tls });
    const { store, port } = server;
    const gate = await TcpGate.open(server.url);
    const client = RawKubeClient.create({
      url: server.url,
      caPem: server.caPem,
      token: 'admin',
    });
    stops.push(async () => {
      client.close();
      await gate.close();
      await server.close();
    });
    return {
      url: gate.url,
      ca: server.caPem,
      token: 'admin',
      limitedToken: 'limited',
      client,
      freeze: () => gate.freeze(),
      thaw: () => gate.thaw(),
      reset: () => gate.reset(),
      cutOff: () => gate.close(),
      reconnect: () => gate.reopen(),
      async kill() {
        await gate.close();
        await server.close();
      },
      async restart() {
        client.close();
        server = await startApiServer({ name, tokens, tls, store, port });
        await gate.reopen();
      },
      async forgetHistory() {
        store.compact();
      },
    };
  };
  return {
    faulty: await start('faulty'),
    other: await start('other'),
    async stop() {
      await Promise.all(stops.map(stop => stop()));
      await rm(dir, { recursive: true });
    },
  };
}

/**
 * Two real kube-apiservers.
 *
 * @returns undefined where there are none and none can be built
 */
export async function startRealPair(): Promise<ApiServerPair | undefined> {
  const plane = await startControlPlane({
    clusters: ['faulty', 'other'],
  }).catch(error => {
    if (error instanceof ControlPlaneUnavailableError && !error.goInstalled) {
      return undefined;
    }
    throw error;
  });
  if (!plane) {
    return undefined;
  }
  const gates: TcpGate[] = [];
  const target = async (name: string): Promise<ApiServerTarget> => {
    const cluster = plane.cluster(name);
    const gate = await TcpGate.open(cluster.url);
    gates.push(gate);
    return {
      url: gate.url,
      ca: cluster.caPem,
      token: cluster.token,
      limitedToken: cluster.users[LIMITED_USER],
      client: cluster.client,
      freeze: () => cluster.signal('SIGSTOP'),
      thaw: () => cluster.signal('SIGCONT'),
      reset: () => gate.reset(),
      cutOff: () => gate.close(),
      reconnect: () => gate.reopen(),
      async kill() {
        cluster.signal('SIGKILL');
        await gate.close();
      },
      async restart() {
        await cluster.restart();
        await gate.reopen();
      },
      forgetHistory: () => cluster.forgetHistory(),
    };
  };
  return {
    faulty: await target('faulty'),
    other: await target('other'),
    async stop() {
      await Promise.all(gates.map(gate => gate.close()));
      await plane.stop();
    },
  };
}
