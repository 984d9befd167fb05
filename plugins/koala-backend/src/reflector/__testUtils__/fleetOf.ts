import { mockServices } from '@backstage/backend-test-utils';
import {
  KoalaObject,
  projectObject,
  WatchedKind,
} from '@koala-ops/backstage-plugin-koala-common';
import { ClusterConnection } from '../../clusters/ClusterConnection';
import { createFleet, Fleet, FleetOptions } from '../../inventory/createFleet';
import { ChangeMirror } from './ChangeMirror';
import { WATCHED_RESOURCES } from '../WatchedResource';
import { until } from './until';

/** Waits short enough for tests; the ratios between them are those of the product. */
const TIMES = {
  timing: { backoffBaseMs: 50, backoffCapMs: 500, parkedMs: 400 },
  heartbeat: { intervalMs: 500, timeoutMs: 3_000, requestIntervalMs: 1_500 },
};

/** What a cluster really holds: its objects of a kind as a fresh LIST gives them. */
export type FreshList = (kind: WatchedKind) => unknown[] | Promise<unknown[]>;

/** A fleet under test, with a record of all that it told. */
export interface TestFleet {
  fleet: Fleet;
  mirror: ChangeMirror;
  logger: ReturnType<typeof mockServices.logger.mock>;
  /** Waits until the inventory equals a fresh LIST, and so does what subscribers were told. */
  untilEqual(cluster: string, list: FreshList): Promise<void>;
  untilCondition(cluster: string, condition: string): Promise<void>;
  /** Lists completed by each reflector, by kind. */
  lists(cluster: string): Record<string, number>;
  stop(): void;
}

/** A connection as a source gives it, to a server that takes any token. */
export function connectionTo(
  options: Partial<ClusterConnection> & { name: string; url: string },
): ClusterConnection {
  return {
    skipTlsVerify: false,
    credential: async () => ({ type: 'token', token: 'token' }),
    fingerprint: options.url,
    ...options,
  };
}

/** Starts a fleet that follows the clusters. */
export function startFleet(
  connections: ClusterConnection[] | (() => ClusterConnection[]),
  demandOn?: FleetOptions['demandOn'],
): TestFleet {
  const logger = mockServices.logger.mock();
  const fleet = createFleet({
    logger,
    sources: [
      {
        name: 'test',
        clusters: async () =>
          typeof connections === 'function' ? connections() : connections,
      },
    ],
    sourceIntervalMs: 100,
    demandOn,
    ...TIMES,
  });
  const mirror = ChangeMirror.of(fleet.inventory);
  fleet.start();
  const conditionOf = (cluster: string) =>
    fleet.inventory.clusterState(cluster)?.condition;
  return {
    fleet,
    mirror,
    logger,
    async untilEqual(cluster, list) {
      let difference = '';
      await until(
        async () => {
          difference = await differenceTo(cluster, list);
          return difference === '';
        },
        { what: `${cluster} equals its LIST` },
      ).catch(error => {
        throw new Error(
          `${error.message}: ${difference}; ${JSON.stringify(fleet.stats())}`,
        );
      });
    },
    untilCondition: (cluster, condition) =>
      until(() => conditionOf(cluster) === condition, {
        what: `${cluster} is ${condition}`,
      }).catch(error => {
        throw new Error(
          `${error.message}, it is ${JSON.stringify(
            fleet.inventory.clusterState(cluster),
          )}`,
        );
      }),
    lists(cluster) {
      const stats = fleet
        .stats()
        .find(({ state }) => state.name === cluster)?.reflectors;
      return Object.fromEntries(
        (stats ?? []).map(({ kind, lists }) => [kind, lists]),
      );
    },
    stop() {
      fleet.stop();
      mirror.stop();
    },
  };

  async function differenceTo(cluster: string, list: FreshList) {
    for (const { kind } of WATCHED_RESOURCES) {
      const fresh = byName(
        (await list(kind)).map(raw => projectObject(kind, raw)),
      );
      const held = byName(heldBy(cluster, kind));
      const told = mirror.objects(cluster, kind);
      for (const [name, other] of [
        ['inventory', held],
        ['changes', told],
      ] as const) {
        const found = compare(fresh, other);
        if (found) {
          return `${name} of ${kind}: ${found}`;
        }
      }
    }
    return '';
  }

  function heldBy(cluster: string, kind: WatchedKind): KoalaObject[] {
    const { inventory } = fleet;
    if (kind === 'Namespace') {
      return [...inventory.namespaces(cluster).values()];
    }
    const namespaces = new Set([
      ...[...mirror.objects(cluster, kind).values()].map(
        ({ meta }) => meta.namespace,
      ),
      'shop',
      'default',
    ]);
    return [...namespaces].flatMap(namespace => [
      ...inventory.list(cluster, kind, namespace),
    ]);
  }
}

function byName(objects: KoalaObject[]): Map<string, KoalaObject> {
  return new Map(
    objects.map(object => [
      `${object.meta.namespace}/${object.meta.name}`,
      object,
    ]),
  );
}

function compare(
  fresh: Map<string, KoalaObject>,
  held: Map<string, KoalaObject>,
): string | undefined {
  for (const [name, object] of fresh) {
    if (JSON.stringify(object) !== JSON.stringify(held.get(name))) {
      return `${name} is ${JSON.stringify(
        held.get(name)?.meta,
      )}, not ${JSON.stringify(object.meta)}`;
    }
  }
  return [...held.keys()]
    .filter(name => !fresh.has(name))
    .map(name => `${name} is no more`)[0];
}
