import {
  ApiError,
  Backoff,
  keyOf,
  resources,
  Service,
  splitKey,
  WorkQueue,
} from '../../client';
import { Controller, startWhenSynced } from '../Controller';
import { AddressPool, NoAddressError } from './AddressPool';

const NAME = 'service-controller';
const FINALIZER = 'service.kubernetes.io/load-balancer-cleanup';

/** Names the pool that a Service wants its address from. */
export const POOL_ANNOTATION = 'sandbox.koala.io/address-pool';

const RETRY_MS = { initialMs: 5_000, maxMs: 300_000 };

function pool(name: string, first: number, last: number): AddressPool {
  return new AddressPool({ name, prefix: '203.0.113', first, last });
}

/** Addresses that are set aside for documentation; `empty` is for Services that shall stay pending. */
const POOLS: Record<string, AddressPool> = {
  default: pool('default', 10, 254),
  empty: pool('empty', 1, 0),
};

function wantsLoadBalancer({ spec }: Service): boolean {
  // Another class is for another controller.
  return spec.type === 'LoadBalancer' && spec.loadBalancerClass === undefined;
}

function isHeld({ metadata }: Service): boolean {
  return metadata.finalizers?.includes(FINALIZER) ?? false;
}

function needsCleanup(service: Service): boolean {
  return (
    isHeld(service) &&
    (service.metadata.deletionTimestamp !== undefined ||
      service.spec.type !== 'LoadBalancer')
  );
}

function addressOf({ status }: Service): string | undefined {
  return status?.loadBalancer?.ingress?.[0]?.ip;
}

/** What the balancer has to be told of when it changes. */
function wish({ metadata, spec }: Service): string {
  const { type, loadBalancerClass, loadBalancerIP, ports } = spec;
  const { sessionAffinity, externalTrafficPolicy } = spec;
  return JSON.stringify([
    metadata.annotations,
    type,
    loadBalancerClass,
    loadBalancerIP,
    ports,
    sessionAffinity,
    externalTrafficPolicy,
  ]);
}

/**
 * The part of a cloud: gives Services of type LoadBalancer an address, with the events and the finalizer
 * of a cloud controller manager. It belongs to the cloud, so it runs beside a real controller manager too.
 *
 * @public
 */
export const loadBalancerController: Controller = {
  name: NAME,
  start({ client, informers, clock, logger, speed, recorder }) {
    const services = informers.get(resources.services);
    const events = recorder(NAME);
    /** Given away, though the cache may not show it yet; by uid. */
    const given = new Map<string, string>();
    const backoffs = new Map<string, Backoff>();
    const queue = new WorkQueue({
      name: NAME,
      sync,
      clock,
      logger,
      // One after the other, so that no two Services are given the same address.
      concurrency: 1,
    });
    services.addHandler({
      added(service) {
        if (wantsLoadBalancer(service) || needsCleanup(service)) {
          queue.add(keyOf(service));
        }
      },
      updated(service, old) {
        const concerns = wantsLoadBalancer(service) || wantsLoadBalancer(old);
        if (
          (concerns && wish(service) !== wish(old)) ||
          needsCleanup(service)
        ) {
          queue.add(keyOf(service));
        }
      },
      deleted(service) {
        given.delete(service.metadata.uid ?? '');
        backoffs.delete(keyOf(service));
      },
    });
    return startWhenSynced(queue, [services]);

    async function sync(key: string): Promise<void> {
      const { namespace, name } = splitKey(key);
      const service = services.get(namespace, name);
      if (!service) {
        return;
      }
      if (!wantsLoadBalancer(service) || needsCleanup(service)) {
        await remove(service);
        return;
      }
      say(service, 'EnsuringLoadBalancer', 'Ensuring load balancer');
      await setFinalizer(service, true);
      try {
        await setAddress(service, addressFor(service));
        backoffs.delete(key);
        say(service, 'EnsuredLoadBalancer', 'Ensured load balancer');
      } catch (error) {
        if (!(error instanceof NoAddressError)) {
          throw error;
        }
        record(
          service,
          'Warning',
          'SyncLoadBalancerFailed',
          `Error syncing load balancer: failed to ensure load balancer: ${error.message}`,
        );
        const backoff = backoffs.get(key) ?? new Backoff(RETRY_MS);
        backoffs.set(key, backoff);
        queue.addAfter(key, backoff.next() / speed);
      }
    }

    function addressFor(service: Service): string {
      const { annotations, uid = '' } = service.metadata;
      const { loadBalancerIP: wanted } = service.spec;
      const name = annotations?.[POOL_ANNOTATION] ?? 'default';
      const addresses = POOLS[name];
      if (!addresses) {
        throw new NoAddressError(
          `there is no address pool ${JSON.stringify(name)}`,
        );
      }
      const current = given.get(uid) ?? addressOf(service);
      if (
        current &&
        addresses.has(current) &&
        (!wanted || wanted === current)
      ) {
        given.set(uid, current);
        return current;
      }
      const taken = new Set([
        ...services
          .list()
          .filter(({ metadata }) => metadata.uid !== uid)
          .map(other => addressOf(other) ?? ''),
        ...[...given].filter(([other]) => other !== uid).map(([, ip]) => ip),
      ]);
      const address = addresses.take({ taken, wanted });
      given.set(uid, address);
      return address;
    }

    async function remove(service: Service): Promise<void> {
      if (!isHeld(service)) {
        return;
      }
      const { uid = '' } = service.metadata;
      if (given.has(uid) || addressOf(service)) {
        say(service, 'DeletingLoadBalancer', 'Deleting load balancer');
      }
      given.delete(uid);
      await setFinalizer(service, false);
      say(service, 'DeletedLoadBalancer', 'Deleted load balancer');
    }

    async function setFinalizer(
      service: Service,
      wanted: boolean,
    ): Promise<void> {
      if (isHeld(service) === wanted) {
        return;
      }
      const others = (service.metadata.finalizers ?? []).filter(
        finalizer => finalizer !== FINALIZER,
      );
      const { resourceVersion } = service.metadata;
      await patch(service, {
        metadata: {
          resourceVersion,
          finalizers: wanted ? [...others, FINALIZER] : others,
        },
        // Whoever wants no balancer has no address any more.
        ...(!wanted && { status: { loadBalancer: { ingress: null } } }),
      });
    }

    async function setAddress(service: Service, ip: string): Promise<void> {
      if (addressOf(service) !== ip) {
        await patch(service, {
          status: { loadBalancer: { ingress: [{ ip }] } },
        });
      }
    }

    async function patch(service: Service, content: object): Promise<void> {
      const { namespace, name = '' } = service.metadata;
      try {
        await client.patch(resources.services, { namespace, name }, content, {
          subresource: 'status',
        });
      } catch (error) {
        if (!ApiError.is(error, 404)) {
          throw error;
        }
      }
    }

    function say(service: Service, reason: string, message: string): void {
      record(service, 'Normal', reason, message);
    }

    function record(
      object: Service,
      type: 'Normal' | 'Warning',
      reason: string,
      message: string,
    ): void {
      const resource = resources.services;
      events.record({ object, resource, type, reason, message });
    }
  },
};
