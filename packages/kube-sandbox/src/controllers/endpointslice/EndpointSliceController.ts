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
  asSent,
  newSlice,
  sliceLabels,
} from './desiredSlices';
import { LAST_CHANGE_TRIGGER_TIME, TriggerTimes } from './TriggerTimes';

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
    const triggerTimes = new TriggerTimes();

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
        triggerTimes.forget(key);
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
      const { selector } = service.spec;
      const selected = pods
        .list(namespace)
        .filter(pod => hasLabels(pod.metadata.labels, selector));
      const triggerTime = triggerTimes.next(service, selected);
      await write({
        key,
        service,
        existing,
        annotations: triggerTime
          ? { [LAST_CHANGE_TRIGGER_TIME]: triggerTime }
          : {},
        desired: desiredSlices({
          service,
          pods: selected,
          nodes: node => nodes.get(undefined, node),
        }),
      });
    }

    async function write(options: {
      key: string;
      service: Service;
      existing: EndpointSlice[];
      /** Of slices that are written. */
      annotations?: Record<string, string>;
      desired: DesiredSlice[];
    }): Promise<void> {
      const { key, service, existing, annotations, desired } = options;
      const spare = [...existing];
      const missing: DesiredSlice[] = [];
      for (const content of desired) {
        const slice = takeSimilar(spare, content);
        if (slice) {
          await update({ service, slice, annotations, content });
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
          const slice = newSlice(service, content);
          await client.create(
            resources.endpointSlices,
            asSent({ ...slice, metadata: { ...slice.metadata, annotations } }),
          );
        } catch (error) {
          expectations.creationObserved(key, missing.length - index);
          throw error;
        }
      }
    }

    async function update(options: {
      service: Service;
      slice: EndpointSlice;
      annotations?: Record<string, string>;
      content: DesiredSlice;
    }): Promise<void> {
      const { service, slice, annotations, content } = options;
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
        const { [LAST_CHANGE_TRIGGER_TIME]: before, ...others } =
          slice.metadata.annotations ?? {};
        await client.update(
          resources.endpointSlices,
          asSent({
            ...wanted,
            metadata: {
              ...wanted.metadata,
              annotations: { ...others, ...annotations },
            },
          }),
        );
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
