import {
  ApiError,
  apiVersionOf,
  discoverResources,
  KubeObject,
  OwnerReference,
  Resource,
  TimerHandle,
  WorkQueue,
} from '../../client';
import { Controller } from '../Controller';
import { setOwners } from '../ownership';
import { Collection, collect } from './collect';
import {
  GraphNode,
  ORPHAN_FINALIZER,
  OwnerGraph,
  isWaitingForDependents,
} from './OwnerGraph';

const NAME = 'garbage-collector';

/** New kinds (custom resources) are looked for this often. */
const DISCOVERY_MS = 30_000;

const NEEDED_VERBS = ['list', 'watch', 'delete'];

/** Deletes what belongs to objects that are gone. @public */
export const garbageCollector: Controller = {
  name: NAME,
  start({ client, informers, clock, logger }) {
    const graph = new OwnerGraph();
    const known = new Map<string, Resource>();
    let stopped = false;
    let timer: TimerHandle;

    const queue = new WorkQueue({ name: NAME, sync, clock, logger });
    void discover();
    return {
      stop() {
        stopped = true;
        clock.clearTimeout(timer);
        queue.stop();
      },
    };

    async function discover(): Promise<void> {
      let pause = DISCOVERY_MS;
      try {
        const found = await discoverResources(client);
        if (stopped) {
          return;
        }
        found.forEach(follow);
        await informers.whenSynced();
        queue.start();
      } catch (error) {
        // The server is not there (yet): the informers say so.
        pause = 1_000;
      }
      if (!stopped) {
        timer = clock.setTimeout(() => void discover(), pause);
      }
    }

    function follow(resource: Resource): void {
      const key = `${apiVersionOf(resource)}/${resource.kind}`;
      if (known.has(key) || resource.plural === 'events') {
        return;
      }
      known.set(key, resource);
      if (!NEEDED_VERBS.every(verb => resource.verbs?.includes(verb))) {
        return;
      }
      const changed = (object: KubeObject) => objectChanged(resource, object);
      informers.get(resource).addHandler({
        added: changed,
        updated: changed,
        deleted: objectDeleted,
      });
    }

    function objectChanged(resource: Resource, object: KubeObject): void {
      const node = graph.put(resource, object);
      const isHandedOver = node.deleting && node.finalizers.length > 0;
      if (node.owners.length > 0 || isHandedOver) {
        queue.add(node.uid);
      }
      enqueueWaitingOwners(node);
    }

    function objectDeleted({ metadata }: KubeObject): void {
      const uid = metadata.uid ?? '';
      const node = graph.get(uid);
      graph.remove(uid);
      graph.dependents(uid).forEach(dependent => queue.add(dependent.uid));
      if (node) {
        enqueueWaitingOwners(node);
      }
    }

    function enqueueWaitingOwners(node: GraphNode): void {
      for (const { uid } of node.owners) {
        const owner = graph.get(uid);
        if (owner && isWaitingForDependents(owner)) {
          queue.add(uid);
        }
      }
    }

    async function sync(uid: string): Promise<void> {
      const node = graph.get(uid);
      if (!node) {
        return;
      }
      const absent = node.deleting
        ? new Set<string>()
        : await absentOwners(node);
      await carryOut(node, collect(graph, node, absent));
    }

    async function carryOut(
      node: GraphNode,
      collection: Collection,
    ): Promise<void> {
      const { uid } = node;
      switch (collection.action) {
        case 'drop-owners':
          await withoutOwners(node, collection.uids);
          break;
        case 'delete':
          await ignoreGone(
            client.delete(node.resource, node, {
              uid,
              propagationPolicy: collection.policy,
            }),
          );
          break;
        case 'wait':
          collection.for
            .filter(dependent => !dependent.deleting)
            .forEach(dependent => queue.add(dependent.uid));
          break;
        case 'orphan':
          for (const dependent of collection.dependents) {
            await withoutOwners(dependent, [uid]);
          }
          await withoutFinalizer(node, ORPHAN_FINALIZER);
          break;
        case 'remove-finalizer':
          await withoutFinalizer(node, collection.finalizer);
          break;
        default:
      }
    }

    /** Owners that no informer has: only the server's own word makes them gone. */
    async function absentOwners(node: GraphNode): Promise<Set<string>> {
      const absent = new Set<string>();
      for (const owner of node.owners) {
        if (!graph.get(owner.uid) && (await isAbsent(node, owner))) {
          absent.add(owner.uid);
        }
      }
      return absent;
    }

    async function isAbsent(
      node: GraphNode,
      owner: OwnerReference,
    ): Promise<boolean> {
      const resource = known.get(`${owner.apiVersion}/${owner.kind}`);
      // A kind nobody knows may come back with its custom resource definition.
      if (!resource) {
        return false;
      }
      try {
        const found = await client.get(resource, {
          namespace: resource.namespaced ? node.namespace : undefined,
          name: owner.name,
        });
        return found.metadata.uid !== owner.uid;
      } catch (error) {
        if (ApiError.is(error, 404)) {
          return true;
        }
        throw error;
      }
    }

    async function withoutOwners(
      node: GraphNode,
      uids: string[],
    ): Promise<void> {
      await change(node, object =>
        setOwners(
          client,
          node.resource,
          object,
          (object.metadata.ownerReferences ?? []).filter(
            owner => !uids.includes(owner.uid),
          ),
        ),
      );
    }

    async function withoutFinalizer(
      node: GraphNode,
      finalizer: string,
    ): Promise<void> {
      await change(node, ({ metadata: { uid, resourceVersion, finalizers } }) =>
        client.patch(node.resource, node, {
          metadata: {
            uid,
            resourceVersion,
            finalizers: finalizers?.filter(other => other !== finalizer),
          },
        }),
      );
    }

    /** Changes the newest version of an object, unless it is gone or another of the same name. */
    function change(
      node: GraphNode,
      write: (object: KubeObject) => Promise<unknown>,
    ): Promise<void> {
      return ignoreGone(
        client
          .get(node.resource, node)
          .then(object =>
            object.metadata.uid === node.uid ? write(object) : undefined,
          ),
      );
    }
  },
};

async function ignoreGone(request: Promise<unknown>): Promise<void> {
  try {
    await request;
  } catch (error) {
    if (!ApiError.is(error, 404)) {
      throw error;
    }
  }
}
