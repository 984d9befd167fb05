import { ConfigReader } from '@backstage/config';
import {
  Reason,
  ServiceIdentity,
  WatchedKind,
} from '@koala-ops/backstage-plugin-koala-common';
import { RawKubeClient } from '@koala-ops/kube-testing';
import { readKoalaConfig } from '../../config/readKoalaConfig';
import { Resolver } from '../../resolution/Resolver';
import { InventoryReader } from '../InventoryReader';
import { send } from './serverObjects';

/** A service of each kind of workload, one that is scaled to zero, and one that is not deployed. */
export const SERVICES = [
  'agent',
  'db',
  'ghost',
  'idle',
  'migrate',
  'nightly',
  'web',
] as const;

type ServiceName = (typeof SERVICES)[number];

/**
 * Which of these services are unknown where a kind cannot be read, as docs/concepts.md says; no other kind
 * makes any of them unknown.
 */
export const UNKNOWN_WITHOUT: Partial<Record<WatchedKind, ServiceName[]>> = {
  Deployment: ['ghost', 'idle', 'web'],
  ReplicaSet: ['idle', 'web'],
  Pod: ['agent', 'db', 'idle', 'migrate', 'nightly', 'web'],
  StatefulSet: ['db', 'ghost'],
  DaemonSet: ['agent', 'ghost'],
  CronJob: ['ghost', 'nightly'],
  Job: ['ghost', 'migrate', 'nightly'],
  HorizontalPodAutoscaler: ['idle'],
};

/** Deploys the services, and a Secret. */
export async function deployServices(
  client: RawKubeClient,
  namespace: string,
): Promise<void> {
  const create = (path: string, kind: string, name: string, spec: object) =>
    send(client, 'POST', `${path.replace('NAMESPACE', namespace)}`, {
      apiVersion: path.startsWith('/apis/')
        ? path.split('/').slice(2, 4).join('/')
        : 'v1',
      kind,
      metadata: { name, namespace },
      ...spec,
    });
  const pods = (app: string, restartPolicy = 'Always') => ({
    metadata: { labels: { app } },
    spec: { restartPolicy, containers: [{ name: 'main', image: `${app}:1` }] },
  });
  const workload = (app: string, more: object = {}) => ({
    spec: {
      selector: { matchLabels: { app } },
      template: pods(app),
      ...more,
    },
  });
  const apps = '/apis/apps/v1/namespaces/NAMESPACE';
  const batch = '/apis/batch/v1/namespaces/NAMESPACE';
  const task = { template: pods('task', 'Never') };
  await create(`${apps}/deployments`, 'Deployment', 'web', workload('web'));
  await create(
    `${apps}/deployments`,
    'Deployment',
    'idle',
    workload('idle', { replicas: 0 }),
  );
  await create(
    `${apps}/statefulsets`,
    'StatefulSet',
    'db',
    workload('db', { serviceName: 'db' }),
  );
  await create(`${apps}/daemonsets`, 'DaemonSet', 'agent', workload('agent'));
  await create(`${batch}/jobs`, 'Job', 'migrate', { spec: task });
  await create(`${batch}/cronjobs`, 'CronJob', 'nightly', {
    spec: { schedule: '0 3 * * *', jobTemplate: { spec: task } },
  });
  await create('/api/v1/namespaces/NAMESPACE/secrets', 'Secret', 'password', {
    stringData: { password: 'hunter2' },
  });
}

/** Resolves the services in one namespace of a cluster. */
export function resolveServices(options: {
  inventory: InventoryReader;
  cluster: string;
  namespace: string;
}) {
  const { inventory, cluster, namespace } = options;
  const services = new Map(
    SERVICES.map((name): [string, ServiceIdentity] => {
      const ref = `component:default/${name}`;
      return [ref, { ref, namespace: 'default', name, annotations: {} }];
    }),
  );
  const targets = [{ cluster, namespaces: [namespace] }];
  const resolver = Resolver.create({
    config: readKoalaConfig(
      new ConfigReader({
        koala: { environments: [{ name: 'prod', targets }] },
      }),
    ),
    inventory,
    catalog: {
      ready: true,
      services: () => services,
      subscribe: () => () => {},
    },
    now: Date.now,
    instance: 'test',
  });
  resolver.start();
  return {
    stop: () => resolver.stop(),
    /** What keeps services unknown, by their names. */
    reasons(): Record<string, Reason | undefined> {
      return Object.fromEntries(
        SERVICES.flatMap(name => {
          const [{ cell }] = resolver.cellsOf(`component:default/${name}`);
          return cell.status === 'unknown'
            ? [[name, cell.targets[0].reason]]
            : [];
        }),
      );
    },
  };
}
