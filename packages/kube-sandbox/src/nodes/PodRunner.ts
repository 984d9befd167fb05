import { isDeepStrictEqual } from 'util';
import {
  ApiClient,
  ApiError,
  Clock,
  EventRecorder,
  Informer,
  Logger,
  Pod,
  PodStatus,
  WorkQueue,
  keyOf,
  resources,
  splitKey,
} from '../client';
import { PodEvent } from './containerEvents';
import { PodAddresses } from './PodAddresses';
import { findProblems, hasReferences } from './podReferences';
import { SimulatedPod } from './SimulatedPod';

/** What pods need of the node they run on. */
export interface PodHost {
  /** Address of the node. */
  address: string;
  podAddresses: PodAddresses;
  /** Images that it has. */
  images: Set<string>;
  recorder: EventRecorder;
}

interface Entry {
  uid: string;
  host: PodHost;
  simulated: SimulatedPod;
  /** The status that was written last: only changes are written. */
  written?: PodStatus;
  /** When what the pod refers to is looked for; undefined: no more. */
  lookAt?: number;
  /** How often something was missing. */
  misses: number;
  isRemoved?: true;
}

const FIRST_MOUNT_RETRY_MS = 500;
const LAST_MOUNT_RETRY_MS = 122_000;
const CONFIG_RETRY_MS = 10_000;

/** Runs the pods of all nodes of one cluster: one watch, one queue, a write only when a status changed. */
export class PodRunner {
  private readonly entries = new Map<string, Entry>();
  private readonly queue: WorkQueue;
  private readonly listeners = new Map<string, Set<() => void>>();

  private constructor(
    private readonly options: {
      client: ApiClient;
      pods: Informer<Pod>;
      hosts: ReadonlyMap<string, PodHost>;
      clock: Clock;
      logger: Logger;
      speed: number;
    },
  ) {
    const { clock, logger } = options;
    this.queue = new WorkQueue({
      name: 'kubelet',
      sync: key => this.sync(key),
      clock,
      logger,
      concurrency: 8,
    });
  }

  static start(options: PodRunner['options']): PodRunner {
    const runner = new PodRunner(options);
    const enqueue = (pod: Pod) => runner.queue.add(keyOf(pod));
    options.pods.addHandler({
      added: enqueue,
      updated: enqueue,
      deleted: enqueue,
    });
    runner.queue.start();
    return runner;
  }

  stop(): void {
    this.queue.stop();
  }

  /** A pod that runs here, with its newest status. */
  find(
    namespace: string,
    name: string,
  ): { pod: Pod; status: PodStatus } | undefined {
    const pod = this.options.pods.get(namespace, name);
    if (!pod || !this.options.hosts.has(pod.spec.nodeName ?? '')) {
      return undefined;
    }
    const entry = this.entries.get(keyOf(pod));
    const status =
      entry?.uid === pod.metadata.uid
        ? entry?.simulated.status(this.options.clock.now())
        : undefined;
    return { pod, status: status ?? pod.status ?? {} };
  }

  /** Calls back when that pod has changed or is gone, until the returned function is called. */
  onChange(namespace: string, name: string, listener: () => void): () => void {
    const key = keyOf({ metadata: { namespace, name } });
    const listeners = this.listeners.get(key) ?? new Set();
    this.listeners.set(key, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) {
        this.listeners.delete(key);
      }
    };
  }

  private async sync(key: string): Promise<void> {
    try {
      await this.syncPod(key);
    } finally {
      this.listeners.get(key)?.forEach(listener => listener());
    }
  }

  private async syncPod(key: string): Promise<void> {
    const { namespace, name } = splitKey(key);
    const pod = this.options.pods.get(namespace, name);
    let entry = this.entries.get(key);
    if (entry && entry.uid !== pod?.metadata.uid) {
      entry.host.podAddresses.release(entry.uid);
      this.entries.delete(key);
      entry = undefined;
    }
    const host = this.options.hosts.get(pod?.spec.nodeName ?? '');
    if (!pod || !host) {
      return;
    }
    if (!entry) {
      entry = this.admit(pod, host);
      this.entries.set(key, entry);
      // The first status says that the kubelet has it, before anything starts.
      await this.write(pod, entry);
    }
    await this.drive(key, pod, entry);
  }

  private admit(pod: Pod, host: PodHost): Entry {
    const { clock, speed } = this.options;
    const { uid = '' } = pod.metadata;
    const podIP = pod.spec.hostNetwork
      ? host.address
      : host.podAddresses.assign(uid, pod.status?.podIP);
    const simulated = new SimulatedPod({
      pod,
      hostIP: host.address,
      podIP,
      images: host.images,
      speed,
      now: clock.now(),
    });
    const lookAt = hasReferences(pod) ? clock.now() : undefined;
    return { uid, host, simulated, lookAt, misses: 0 };
  }

  private async drive(key: string, pod: Pod, entry: Entry): Promise<void> {
    const { clock } = this.options;
    const { simulated } = entry;
    this.record(pod, entry, simulated.update(pod, clock.now()));
    await this.look(pod, entry);
    // One moment for both: what falls between two readings of the clock would never happen.
    const now = clock.now();
    this.record(pod, entry, simulated.advance(now));
    if (simulated.hasEnded()) {
      await this.write(pod, entry);
      await this.remove(pod, entry);
      return;
    }
    const next = Math.min(
      simulated.nextAt(now) ?? Infinity,
      entry.lookAt ?? Infinity,
    );
    if (next !== Infinity) {
      this.queue.addAfter(key, Math.max(1, next - clock.now()));
    }
    await this.write(pod, entry);
  }

  /** Looks for the ConfigMaps and Secrets that the pod refers to, again and again while any is missing. */
  private async look(pod: Pod, entry: Entry): Promise<void> {
    const { client, clock, speed } = this.options;
    if ((entry.lookAt ?? Infinity) > clock.now()) {
      return;
    }
    const problems = await findProblems(client, pod);
    const { volumes, containers } = problems;
    const now = clock.now();
    this.record(pod, entry, entry.simulated.setProblems(problems, now));
    if (volumes.length === 0 && containers.size === 0) {
      entry.lookAt = undefined;
      return;
    }
    const pause =
      volumes.length > 0
        ? Math.min(
            LAST_MOUNT_RETRY_MS,
            FIRST_MOUNT_RETRY_MS * 2 ** Math.min(entry.misses, 10),
          )
        : CONFIG_RETRY_MS;
    entry.misses += 1;
    entry.lookAt = now + pause / speed;
  }

  private async write(pod: Pod, entry: Entry): Promise<void> {
    const status = entry.simulated.status(this.options.clock.now());
    if (isDeepStrictEqual(status, entry.written)) {
      return;
    }
    const { namespace, name = '', uid } = pod.metadata;
    try {
      await this.options.client.patch(
        resources.pods,
        { namespace, name },
        { metadata: { uid }, status },
        { subresource: 'status' },
      );
    } catch (error) {
      // Gone, or replaced by another of the same name: the watch will tell.
      if (!ApiError.is(error, 404, 409)) {
        throw error;
      }
    }
    entry.written = status;
  }

  /** The kubelet's last word: the object goes at once, or as soon as its finalizers do. */
  private async remove(pod: Pod, entry: Entry): Promise<void> {
    if (entry.isRemoved) {
      return;
    }
    const { namespace, name = '', uid } = pod.metadata;
    try {
      await this.options.client.delete(
        resources.pods,
        { namespace, name },
        { gracePeriodSeconds: 0, uid },
      );
    } catch (error) {
      if (!ApiError.is(error, 404, 409)) {
        throw error;
      }
    }
    entry.isRemoved = true;
  }

  private record(pod: Pod, { host }: Entry, events: PodEvent[]): void {
    for (const event of events) {
      host.recorder.record({
        ...event,
        object: pod,
        resource: resources.pods,
      });
    }
  }
}
