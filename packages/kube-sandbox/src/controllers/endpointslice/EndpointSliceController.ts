import { isDeepStrictEqual } from 'util';
import {
  ApiError,
  EndpointSlice,
  keyOf,
  Pod,
  resources,
  Service,
  splitKey,
  WorkQueue,
} from '../../client';
import { Controller, enqueueItself, startWhenSynced } from '../Controller';
import { Expectations } from '../Expectations';
import { hasLabels } from '../labels';
import {
  DesiredSlice,
  MANAGED_BY,
  MANAGED_BY_LABEL,
  SERVICE_NAME_LABEL,
  desiredSlices,
  newSlice,
  sliceLabels,
} from './desiredSlices';

const NAME = 'endpointslice-controller';

/** Says where the pods of each Service are. @public */
export const endpointSliceController: Controller = {
  name: NAME,
  start({ client, informers, clock, logger }) {
    const services = informers.get(resources.services);
    const pods = informers.get(resources.pods);
    const slices = informers.get(resources.endpointSlices);
    const nodes = informers.get(resources.nodes);
    /** Names are generated, so creating twice would leave two. */
    const expectations = new Expectations(clock);

    const queue = new WorkQueue({ name: NAME, sync, clock, logger });
    services.addHandler(enqueueItself(queue));
    pods.addHandler({
      added: enqueueServices,
      updated(pod, old) {
        enqueueServices(pod);
        enqueueServices(old);
      },
      deleted: enqueueServices,
    });
    slices.addHandler({
      added(slice) {
        const key = serviceKey(slice);
        if (key) {
          expectations.creationObserved(key);
          queue.add(key);
        }
      },
      updated: enqueueOwner,
      deleted: enqueueOwner,
    });
    return startWhenSynced(queue, [services, pods, slices, nodes]);

    function serviceKey({ metadata }: EndpointSlice): string | undefined {
      const { namespace, labels } = metadata;
      return labels?.[MANAGED_BY_LABEL] === MANAGED_BY
        ? `${namespace}/${labels[SERVICE_NAME_LABEL]}`
        : undefined;
    }

    function enqueueOwner(slice: EndpointSlice): void {
      const key = serviceKey(slice);
      if (key) {
        queue.add(key);
      }
    }

    function enqueueServices(pod: Pod): void {
      services
        .list(pod.metadata.namespace)
        .filter(
          ({ spec }) =>
            spec.selector && hasLabels(pod.metadata.labels, spec.selector),
        )
        .forEach(service => queue.add(keyOf(service)));
    }

    async function sync(key: string): Promise<void> {
      const { namespace, name } = splitKey(key);
      const service = services.get(namespace, name);
      if (!service) {
        expectations.forget(key);
      }
      if (
        !service ||
        service.metadata.deletionTimestamp ||
        !service.spec.selector ||
        !expectations.isSatisfied(key)
      ) {
        return;
      }
      const existing = slices
        .list(namespace)
        .filter(
          slice =>
            serviceKey(slice) === key && !slice.metadata.deletionTimestamp,
        );
      await write(
        key,
        service,
        existing,
        desiredSlices({
          service,
          pods: pods.list(namespace),
          nodes: node => nodes.get(undefined, node),
        }),
      );
    }

    async function write(
      key: string,
      service: Service,
      existing: EndpointSlice[],
      desired: DesiredSlice[],
    ): Promise<void> {
      const spare = [...existing];
      const missing: DesiredSlice[] = [];
      for (const content of desired) {
        const slice = takeSimilar(spare, content);
        if (slice) {
          await update(service, slice, content);
        } else {
          missing.push(content);
        }
      }
      for (const { metadata } of spare) {
        await client
          .delete(resources.endpointSlices, {
            namespace: metadata.namespace,
            name: metadata.name ?? '',
          })
          .catch(error => {
            if (!ApiError.is(error, 404)) {
              throw error;
            }
          });
      }
      expectations.expectCreations(key, missing.length);
      for (const [index, content] of missing.entries()) {
        try {
          await client.create(
            resources.endpointSlices,
            newSlice(service, content),
          );
        } catch (error) {
          expectations.creationObserved(key, missing.length - index);
          throw error;
        }
      }
    }

    async function update(
      service: Service,
      slice: EndpointSlice,
      content: DesiredSlice,
    ): Promise<void> {
      const wanted = {
        ...slice,
        ...content,
        metadata: { ...slice.metadata, labels: sliceLabels(service) },
      };
      const current = {
        ...slice,
        endpoints: slice.endpoints ?? [],
        ports: slice.ports ?? [],
      };
      if (!isDeepStrictEqual(wanted, current)) {
        await client.update(resources.endpointSlices, wanted);
      }
    }
  },
};

/** A slice to write the content into: with the same ports where there is one, else any. */
function takeSimilar(
  slices: EndpointSlice[],
  content: DesiredSlice,
): EndpointSlice | undefined {
  const samePorts = slices.findIndex(slice =>
    isDeepStrictEqual(slice.ports ?? [], content.ports),
  );
  const [slice] = slices.splice(Math.max(0, samePorts), 1);
  return slice;
}
