import {
  ApiError,
  Ingress,
  keyOf,
  resources,
  splitKey,
  WorkQueue,
} from '../../client';
import { Controller, enqueueItself, startWhenSynced } from '../Controller';

const NAME = 'ingress-controller';

/** The address of the one proxy that stands before all Ingresses of a cluster. */
const ADDRESS = '203.0.113.2';

/**
 * What an ingress controller reports: Ingresses whose class exists are served at its address; those of
 * another class, or of none, wait. It is an add-on of a cluster, so it runs beside a real controller
 * manager too.
 *
 * @public
 */
export const ingressController: Controller = {
  name: NAME,
  start({ client, informers, clock, logger, recorder }) {
    const ingresses = informers.get(resources.ingresses);
    const classes = informers.get(resources.ingressClasses);
    const events = recorder(NAME);
    const queue = new WorkQueue({ name: NAME, sync, clock, logger });
    ingresses.addHandler(enqueueItself(queue));
    classes.addHandler({
      added: ({ metadata }) =>
        ingresses
          .list()
          .filter(({ spec }) => spec?.ingressClassName === metadata.name)
          .forEach(ingress => queue.add(keyOf(ingress))),
    });
    return startWhenSynced(queue, [ingresses, classes]);

    async function sync(key: string): Promise<void> {
      const { namespace, name } = splitKey(key);
      const ingress = ingresses.get(namespace, name);
      if (!ingress || !isServed(ingress) || addressOf(ingress) === ADDRESS) {
        return;
      }
      try {
        await client.patch(
          resources.ingresses,
          { namespace, name },
          { status: { loadBalancer: { ingress: [{ ip: ADDRESS }] } } },
          { subresource: 'status' },
        );
      } catch (error) {
        if (!ApiError.is(error, 404)) {
          throw error;
        }
        return;
      }
      events.record({
        object: ingress,
        resource: resources.ingresses,
        type: 'Normal',
        reason: 'Sync',
        message: 'Scheduled for sync',
      });
    }

    function isServed({ spec, metadata }: Ingress): boolean {
      const { ingressClassName = '' } = spec ?? {};
      return (
        !metadata.deletionTimestamp &&
        classes.get(undefined, ingressClassName) !== undefined
      );
    }

    function addressOf({ status }: Ingress): string | undefined {
      return status?.loadBalancer?.ingress?.[0]?.ip;
    }
  },
};
