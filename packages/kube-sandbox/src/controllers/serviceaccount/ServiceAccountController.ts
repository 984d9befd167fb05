import {
  ApiError,
  isNamespaceTerminating,
  resources,
  WorkQueue,
} from '../../client';
import { Controller, enqueueItself, startWhenSynced } from '../Controller';

const NAME = 'serviceaccount-controller';

/** Gives every namespace the service account that pods use by default. @public */
export const serviceAccountController: Controller = {
  name: NAME,
  start({ client, informers, clock, logger }) {
    const namespaces = informers.get(resources.namespaces);
    const accounts = informers.get(resources.serviceAccounts);
    const queue = new WorkQueue({ name: NAME, sync, clock, logger });
    namespaces.addHandler(enqueueItself(queue));
    accounts.addHandler({
      deleted: ({ metadata }) => queue.add(metadata.namespace ?? ''),
    });
    return startWhenSynced(queue, [namespaces, accounts]);

    async function sync(namespace: string): Promise<void> {
      const found = namespaces.get(undefined, namespace);
      if (
        !found ||
        found.metadata.deletionTimestamp ||
        accounts.get(namespace, 'default')
      ) {
        return;
      }
      try {
        await client.create(resources.serviceAccounts, {
          apiVersion: 'v1',
          kind: 'ServiceAccount',
          metadata: { namespace, name: 'default' },
        });
      } catch (error) {
        if (!ApiError.is(error, 404, 409) && !isNamespaceTerminating(error)) {
          throw error;
        }
      }
    }
  },
};
