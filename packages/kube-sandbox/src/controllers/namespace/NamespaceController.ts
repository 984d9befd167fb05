import {
  ApiError,
  discoverResources,
  Namespace,
  Resource,
  resources,
  WorkQueue,
} from '../../client';
import { Controller, enqueueItself, startWhenSynced } from '../Controller';

const NAME = 'namespace-controller';
const FINALIZER = 'kubernetes';
/** Pods take a moment to end; the namespace is looked at again this often meanwhile. */
const RETRY_MS = 250;

/** Empties namespaces that are being deleted, then lets them go. @public */
export const namespaceController: Controller = {
  name: NAME,
  start({ client, informers, clock, logger }) {
    const namespaces = informers.get(resources.namespaces);
    const queue = new WorkQueue({ name: NAME, sync, clock, logger });
    namespaces.addHandler(enqueueItself(queue));
    return startWhenSynced(queue, [namespaces]);

    async function sync(name: string): Promise<void> {
      const namespace = namespaces.get(undefined, name);
      if (
        !namespace?.metadata.deletionTimestamp ||
        !namespace.spec?.finalizers?.includes(FINALIZER)
      ) {
        return;
      }
      const found = (await discoverResources(client)).filter(
        ({ namespaced, verbs = [] }) =>
          namespaced &&
          verbs.includes('list') &&
          verbs.includes('deletecollection'),
      );
      const counts = await Promise.all(
        found.map(resource => empty(resource, name)),
      );
      if (counts.some(count => count > 0)) {
        queue.addAfter(name, RETRY_MS);
        return;
      }
      await finalize(namespace);
    }

    /** Deletes what is there and says how many objects that were. */
    async function empty(
      resource: Resource,
      namespace: string,
    ): Promise<number> {
      const { items } = await client.list(resource, { namespace });
      if (items.some(({ metadata }) => !metadata.deletionTimestamp)) {
        await client.deleteCollection(resource, {
          namespace,
          propagationPolicy: 'Background',
        });
      }
      return items.length;
    }

    async function finalize(namespace: Namespace): Promise<void> {
      try {
        await client.update(
          resources.namespaces,
          {
            ...namespace,
            spec: {
              finalizers: namespace.spec?.finalizers?.filter(
                finalizer => finalizer !== FINALIZER,
              ),
            },
          },
          'finalize',
        );
      } catch (error) {
        if (!ApiError.is(error, 404)) {
          throw error;
        }
      }
    }
  },
};
