import {
  ApiServer,
  createKubeletCredentials,
  Faults,
  serviceAccountController,
  startApiServer,
  startControllers,
  startNodes,
  Store,
} from '@koala-ops/kube-sandbox';
import { SandboxSettings } from './SandboxSettings';

/** A simulated cluster that runs in this process. */
export interface ServedSandbox {
  readonly server: ApiServer;
  /** Replaces the API server by one on the same port with the same objects. */
  restartServer(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the API server and, as its clients, controllers and nodes. */
export async function serveSandbox(options: {
  settings: SandboxSettings;
  store: Store;
  faults?: Faults;
}): Promise<ServedSandbox> {
  const { settings, store } = options;
  const { name, dir, users, nodes, speed, bookmarkIntervalMs } = settings;
  const kubelet = nodes > 0 ? await createKubeletCredentials() : undefined;
  const start = (port: number) =>
    startApiServer({
      name,
      port,
      store,
      kubelet,
      tls: { dir },
      bookmarkIntervalMs,
      faults: options.faults ?? settings.faults,
      tokens: Object.fromEntries(
        users.map(user => [
          user.token,
          { user: user.name, uid: user.name, groups: user.groups },
        ]),
      ),
    });

  let server = await start(settings.port);
  const { port } = server;
  const connection = {
    server: server.url,
    token: users[0].token,
    ca: server.caPem,
  };
  const clients = [
    ...(settings.controllers
      ? [
          startControllers({
            connection,
            speed,
            ...(settings.controllers === 'accounts' && {
              controllers: [serviceAccountController],
            }),
          }),
        ]
      : []),
    ...(nodes > 0 ? [startNodes({ connection, nodes, speed, kubelet })] : []),
  ];
  return {
    get server() {
      return server;
    },
    async restartServer() {
      await server.close();
      server = await start(port);
    },
    async stop() {
      await Promise.allSettled(clients.map(client => client.stop()));
      await server.close();
    },
  };
}
