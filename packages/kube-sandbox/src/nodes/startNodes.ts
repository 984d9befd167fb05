import {
  ApiClient,
  ApiConnection,
  Clock,
  EventRecorder,
  Informer,
  Logger,
  resources,
  silentLogger,
  systemClock,
} from '../client';
import { KubeletCredentials } from '../tls/kubeletCredentials';
import { KubeletServer } from './KubeletServer';
import { NodeKeeper } from './NodeKeeper';
import { NodeIdentity } from './nodeObject';
import { PodAddresses } from './PodAddresses';
import { PodHost, PodRunner } from './PodRunner';

/** @public */
export interface StartNodesOptions {
  /** The API server to attach to: the sandbox or a real one. */
  connection: ApiConnection;
  /** How many nodes; default 3. */
  nodes?: number;
  /** Nodes are called `<prefix>-1` …; default `node`. */
  namePrefix?: string;
  /** Default `local`; zones are the region followed by `a`, `b`, `c`. */
  region?: string;
  /** Of each node, as Kubernetes quantities. */
  capacity?: Record<string, string>;
  /** Default: says nothing. */
  logger?: Logger;
  clock?: Clock;
  /** Opens the endpoint by which the API server that knows these reads logs; without them there is none. */
  kubelet?: KubeletCredentials;
  /** Images are pulled, pods get ready and crash this many times faster; default 1. */
  speed?: number;
}

/** @public */
export interface RunningNodes {
  /** Names of the nodes. */
  names: readonly string[];
  stop(): Promise<void>;
}

const CAPACITY = {
  cpu: '16',
  memory: '64Gi',
  'ephemeral-storage': '200Gi',
  'hugepages-2Mi': '0',
  pods: '250',
};

const ZONES = ['a', 'b', 'c'];

/**
 * Simulated nodes: they register with any API server, keep their leases, and run the pods bound to them
 * the way a kubelet reports it; what each container does its image's name says (`imageBehaviour`). They
 * wait for a server that is not there yet, and survive its restarts.
 *
 * @public
 */
export function startNodes(options: StartNodesOptions): RunningNodes {
  const {
    connection,
    nodes: count = 3,
    namePrefix = 'node',
    region = 'local',
    capacity = CAPACITY,
    logger = silentLogger,
    clock = systemClock,
    speed = 1,
  } = options;
  if (!Number.isInteger(count) || count < 1 || count > 200) {
    throw new Error(`The number of nodes must be 1 to 200, not ${count}.`);
  }
  const client = ApiClient.create({ ...connection, userAgent: 'kubelet' });
  const shared = { client, clock, logger };
  const nodes = Informer.start({ ...shared, resource: resources.nodes });
  const pods = Informer.start({
    ...shared,
    resource: resources.pods,
    query: { fieldSelector: 'spec.nodeName!=' },
  });
  const identities = Array.from(
    { length: count },
    (_, index): NodeIdentity => ({
      name: `${namePrefix}-${index + 1}`,
      address: `10.89.0.${index + 11}`,
      region,
      zone: `${region}${ZONES[index % ZONES.length]}`,
      kubeletVersion: 'v1.35.1',
      capacity,
    }),
  );
  const hosts = new Map(
    identities.map(({ name, address }, index): [string, PodHost] => [
      name,
      {
        address,
        podAddresses: new PodAddresses(`10.244.${index}`),
        images: new Set(),
        recorder: new EventRecorder({
          client,
          clock,
          component: 'kubelet',
          host: name,
        }),
      },
    ]),
  );
  const runner = PodRunner.start({ ...shared, pods, hosts, speed });
  const kubelet =
    options.kubelet &&
    KubeletServer.start({
      credentials: options.kubelet,
      pods: runner,
      clock,
      speed,
    });
  const keepers = identities.map(identity =>
    NodeKeeper.start({ ...shared, nodes, identity, kubelet }),
  );
  return {
    names: identities.map(({ name }) => name),
    async stop() {
      keepers.forEach(keeper => keeper.stop());
      runner.stop();
      await kubelet?.stop();
      nodes.stop();
      pods.stop();
      await client.close();
    },
  };
}
