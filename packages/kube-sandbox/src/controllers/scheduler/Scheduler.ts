import {
  keyOf,
  Node,
  PersistentVolumeClaim,
  Pod,
  resources,
  splitKey,
  timestamp,
  WorkQueue,
} from '../../client';
import { Controller, startWhenSynced } from '../Controller';
import { isFinished, podCondition } from '../pods';
import { claimsOf } from '../volumes/claimsOf';
import { bindVolumes } from './bindVolumes';
import { chooseNode, nodeLoads, Placement } from './chooseNode';
import {
  NodeLoad,
  Obstacles,
  obstaclesOn,
  unschedulableMessage,
  unschedulablePodMessage,
} from './filterNodes';
import { PodVolumes, VolumeLookup } from './PodVolumes';

const NAME = 'default-scheduler';

/** A pod that fits nowhere is tried again after this long at most, whatever else happens. */
const RETRY_MS = 30_000;

/** How long a pod that has its node waits for its volumes. */
const VOLUMES_TIMEOUT_MS = 600_000;

/** A pod that has its node, though the cache does not say so. */
interface Assumed extends Placement {
  /** Where its volumes are still being made: when that has to be done. */
  until?: number;
}

/** Binds pods to nodes. @public */
export const schedulerController: Controller = {
  name: NAME,
  start({ client, informers, clock, logger, speed, recorder }) {
    const pods = informers.get(resources.pods);
    const nodes = informers.get(resources.nodes);
    const claims = informers.get(resources.persistentVolumeClaims);
    const volumes = informers.get(resources.persistentVolumes);
    const classes = informers.get(resources.storageClasses);
    const events = recorder(NAME);
    /** By uid; their room is taken. */
    const assumed = new Map<string, Assumed>();
    const lookup: VolumeLookup = {
      claim: (namespace, name) => claims.get(namespace, name),
      volumes: () => volumes.list(),
      storageClass: name => classes.get(undefined, name),
      pods: namespace =>
        pods.list(namespace).map(pod => {
          const node = assumed.get(pod.metadata.uid ?? '')?.node;
          return node ? { ...pod, spec: { ...pod.spec, nodeName: node } } : pod;
        }),
    };

    // One at a time: each decision has to count the one before.
    const queue = new WorkQueue({
      name: NAME,
      sync,
      clock,
      logger,
      concurrency: 1,
    });
    pods.addHandler({
      added: podChanged,
      updated: podChanged,
      deleted(pod) {
        assumed.delete(pod.metadata.uid ?? '');
        retryUnscheduled();
      },
    });
    nodes.addHandler({
      added: retryUnscheduled,
      updated(node, old) {
        if (roomOf(node) !== roomOf(old)) {
          retryUnscheduled();
        }
      },
    });
    const claimChanged = ({ metadata }: PersistentVolumeClaim) =>
      pods
        .list(metadata.namespace)
        .filter(
          pod =>
            !pod.spec.nodeName &&
            claimsOf(pod).some(({ name }) => name === metadata.name),
        )
        .forEach(pod => queue.add(keyOf(pod)));
    claims.addHandler({
      added: claimChanged,
      updated: claimChanged,
      deleted: claimChanged,
    });
    volumes.addHandler({ added: retryUnscheduled });
    classes.addHandler({ added: retryUnscheduled });
    return startWhenSynced(queue, [pods, nodes, claims, volumes, classes]);

    function podChanged(pod: Pod): void {
      if (pod.spec.nodeName) {
        assumed.delete(pod.metadata.uid ?? '');
      } else {
        queue.add(keyOf(pod));
      }
      if (isFinished(pod)) {
        retryUnscheduled();
      }
    }

    function retryUnscheduled(): void {
      for (const pod of pods.list()) {
        if (!pod.spec.nodeName && podCondition(pod, 'PodScheduled')) {
          queue.add(keyOf(pod));
        }
      }
    }

    async function sync(key: string): Promise<void> {
      const { namespace, name } = splitKey(key);
      const pod = pods.get(namespace, name);
      if (
        !pod ||
        pod.spec.nodeName ||
        pod.metadata.deletionTimestamp ||
        isFinished(pod) ||
        (pod.spec.schedulerName ?? NAME) !== NAME ||
        (pod.spec.schedulingGates ?? []).length > 0
      ) {
        return;
      }
      const podVolumes = PodVolumes.of(pod, lookup);
      const before = assumed.get(pod.metadata.uid ?? '');
      if (before && !(await mayReconsider(key, before, podVolumes))) {
        return;
      }
      const placements = placed();
      const loads = nodeLoads(nodes.list(), placements);
      if (podVolumes.problem) {
        await refuse(
          pod,
          unschedulablePodMessage(podVolumes.problem, loads.length),
        );
        queue.addAfter(key, RETRY_MS);
        return;
      }
      const obstacles = loads.map(load => obstaclesFor(load, pod, podVolumes));
      const fitting = loads.filter(
        (_, index) => obstacles[index].reasons.length === 0,
      );
      if (fitting.length === 0) {
        await refuse(pod, unschedulableMessage(obstacles));
        queue.addAfter(key, RETRY_MS);
        return;
      }
      const node = chooseNode({ pod, fitting, placements });
      await place(key, pod, node, podVolumes);
    }

    function obstaclesFor(
      load: NodeLoad,
      pod: Pod,
      podVolumes: PodVolumes,
    ): Obstacles {
      const found = obstaclesOn(load, pod);
      if (found.reasons.length > 0) {
        return found;
      }
      const { inUse } = podVolumes;
      if (inUse) {
        return { reasons: [inUse], evictionHelps: true };
      }
      const obstacle = podVolumes.obstacleOn(load.node);
      return { reasons: obstacle ? [obstacle] : [], evictionHelps: !obstacle };
    }

    /** Binds the pod at once, or after its volumes. */
    async function place(
      key: string,
      pod: Pod,
      node: string,
      podVolumes: PodVolumes,
    ): Promise<void> {
      const plan = podVolumes.planFor(nodes.get(undefined, node)!);
      if (!plan || (await bindVolumes({ client, plan, node }))) {
        await bind(pod, node);
        return;
      }
      const timeout = VOLUMES_TIMEOUT_MS / speed;
      assumed.set(pod.metadata.uid ?? '', {
        pod,
        node,
        until: clock.now() + timeout,
      });
      queue.addAfter(key, timeout);
    }

    /** A pod that has its node waits for the volumes that are made there; false while that goes on. */
    async function mayReconsider(
      key: string,
      { pod, node, until }: Assumed,
      podVolumes: PodVolumes,
    ): Promise<boolean> {
      if (until === undefined) {
        return false;
      }
      const target = nodes.get(undefined, node);
      const plan =
        target && !podVolumes.problem ? podVolumes.planFor(target) : undefined;
      if (plan && plan.reserve.length + plan.provision.length === 0) {
        await bind(pod, node);
        return false;
      }
      const isTooLate = until <= clock.now();
      if (plan && !isTooLate) {
        return false;
      }
      assumed.delete(pod.metadata.uid ?? '');
      if (isTooLate) {
        await refuse(
          pod,
          'running PreBind plugin "VolumeBinding": binding volumes: context deadline exceeded',
        );
        queue.addAfter(key, RETRY_MS);
      }
      return !isTooLate;
    }

    async function bind(pod: Pod, node: string): Promise<void> {
      const { namespace, name = '', uid = '' } = pod.metadata;
      await client.createSubresource(
        resources.pods,
        { namespace, name },
        'binding',
        {
          apiVersion: 'v1',
          kind: 'Binding',
          metadata: { namespace, name, uid },
          target: { apiVersion: 'v1', kind: 'Node', name: node },
        },
      );
      assumed.delete(uid);
      // The watch may have been faster than the answer.
      if (!pods.get(namespace, name)?.spec.nodeName) {
        assumed.set(uid, { pod, node });
      }
      events.record({
        object: pod,
        resource: resources.pods,
        type: 'Normal',
        reason: 'Scheduled',
        action: 'Binding',
        message: `Successfully assigned ${namespace}/${name} to ${node}`,
      });
    }

    async function refuse(pod: Pod, message: string): Promise<void> {
      const current = podCondition(pod, 'PodScheduled');
      if (current?.message === message) {
        return;
      }
      const { namespace, name = '', uid, generation } = pod.metadata;
      await client.patch(
        resources.pods,
        { namespace, name },
        {
          metadata: { uid },
          status: {
            conditions: [
              ...(pod.status?.conditions ?? []).filter(
                ({ type }) => type !== 'PodScheduled',
              ),
              {
                type: 'PodScheduled',
                status: 'False',
                reason: 'Unschedulable',
                message,
                lastProbeTime: null,
                lastTransitionTime:
                  current?.lastTransitionTime ?? timestamp(clock.now()),
                observedGeneration: generation,
              },
            ],
          },
        },
        { subresource: 'status' },
      );
      events.record({
        object: pod,
        resource: resources.pods,
        type: 'Warning',
        reason: 'FailedScheduling',
        action: 'Scheduling',
        message,
      });
    }

    /** Every pod that takes room, those included that the cache does not show on their node yet. */
    function placed(): Placement[] {
      const bound = pods
        .list()
        .filter(pod => pod.spec.nodeName && !isFinished(pod))
        .map(pod => ({ pod, node: pod.spec.nodeName! }));
      return [...bound, ...assumed.values()];
    }
  },
};

/** What decides whether a pod fits; heartbeats change the rest. */
function roomOf({ metadata, spec, status }: Node): string {
  return JSON.stringify([
    metadata.labels,
    spec?.taints,
    spec?.unschedulable,
    status?.allocatable,
  ]);
}
