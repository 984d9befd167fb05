import { Condition, Container, Pod, PodStatus, timestamp } from '../client';
import { PodEvent } from './containerEvents';
import { podConditions } from './podConditions';
import { SimulatedContainer } from './SimulatedContainer';

/** @public */
export interface SimulatedPodOptions {
  pod: Pod;
  hostIP: string;
  podIP: string;
  speed: number;
  /** ms since the epoch. */
  now: number;
}

/** A pod is given at most this long to end: nothing in it has to be saved. */
const MAX_GRACE_MS = 1_000;

/**
 * A pod as its kubelet drives it: init containers one after the other, sidecars beside them, then the
 * main containers. It moves only when told what time it is.
 */
export class SimulatedPod {
  private readonly init: SimulatedContainer[];
  private readonly main: SimulatedContainer[];
  private readonly startedAt: number;
  /** False until the first status is out: the kubelet reports before it starts anything. */
  private hasNetwork: boolean;
  private endsAt?: number;
  private transitions: Condition[];

  constructor(private readonly options: SimulatedPodOptions) {
    const { pod, speed, now } = options;
    const { spec, status, metadata } = pod;
    const hasInit = (spec.initContainers ?? []).length > 0;
    const simulate = (container: Container, kind: 'init' | 'main') =>
      new SimulatedContainer({
        container,
        kind:
          kind === 'init' && container.restartPolicy === 'Always'
            ? 'sidecar'
            : kind,
        podRestartPolicy: spec.restartPolicy ?? 'Always',
        waitingReason: hasInit ? 'PodInitializing' : 'ContainerCreating',
        pod: {
          name: metadata.name ?? '',
          namespace: metadata.namespace ?? '',
          uid: metadata.uid ?? '',
        },
        speed,
        previous: [
          ...(status?.initContainerStatuses ?? []),
          ...(status?.containerStatuses ?? []),
        ].find(({ name }) => name === container.name),
      });
    this.init = (spec.initContainers ?? []).map(container =>
      simulate(container, 'init'),
    );
    this.main = spec.containers.map(container => simulate(container, 'main'));
    this.startedAt = Date.parse(status?.startTime ?? '') || now;
    this.hasNetwork = Boolean(status?.podIP);
    this.transitions = status?.conditions ?? [];
  }

  /** The pod was changed: an image, or its deletion. */
  update(pod: Pod, now: number): PodEvent[] {
    this.options.pod = pod;
    const images = new Map(
      [...(pod.spec.initContainers ?? []), ...pod.spec.containers].map(
        ({ name, image }) => [name, image],
      ),
    );
    const events = this.containers().flatMap(container =>
      container.setImage(images.get(container.name) ?? '', now),
    );
    const { deletionTimestamp, deletionGracePeriodSeconds = 0 } = pod.metadata;
    if (deletionTimestamp && this.endsAt === undefined) {
      const grace = Math.min(MAX_GRACE_MS, deletionGracePeriodSeconds * 1000);
      this.endsAt = now + grace / this.options.speed;
      events.push(
        ...this.containers().flatMap(container => container.stopping()),
      );
    }
    return events;
  }

  /** Its grace is over: it may be removed from the server. */
  hasEnded(now: number): boolean {
    return this.endsAt !== undefined && this.endsAt <= now;
  }

  /** When something happens next by itself; undefined: never. */
  nextAt(now: number): number | undefined {
    const moments = [
      this.endsAt,
      ...this.containers().map(container => container.nextAt(now)),
    ].filter(moment => moment !== undefined);
    return moments.length > 0 ? Math.min(...moments) : undefined;
  }

  /** Lets happen what is due by now. */
  advance(now: number): PodEvent[] {
    if (this.endsAt !== undefined) {
      return [];
    }
    const events = this.containers().flatMap(container =>
      container.advance(now),
    );
    for (const container of this.startable()) {
      this.hasNetwork = true;
      events.push(...container.begin(now));
    }
    return events;
  }

  status(now: number): PodStatus {
    const { pod, hostIP, podIP } = this.options;
    const phase = this.phase();
    return {
      phase,
      observedGeneration: pod.metadata.generation,
      startTime: timestamp(this.startedAt),
      hostIP,
      hostIPs: [{ ip: hostIP }],
      ...(this.hasNetwork && { podIP, podIPs: [{ ip: podIP }] }),
      conditions: this.conditions(phase, now),
      ...(this.init.length > 0 && {
        initContainerStatuses: this.init.map(container =>
          container.status(now),
        ),
      }),
      containerStatuses: this.main.map(container => container.status(now)),
    };
  }

  private containers(): SimulatedContainer[] {
    return [...this.init, ...this.main];
  }

  /** Containers whose turn it is: an init container waits for all before it. */
  private startable(): SimulatedContainer[] {
    for (const container of this.init) {
      if (container.isWaiting) {
        return [container];
      }
      const isThrough =
        container.kind === 'sidecar'
          ? container.hasStarted
          : container.hasSucceeded;
      if (!isThrough) {
        return [];
      }
    }
    return this.main.filter(({ isWaiting }) => isWaiting);
  }

  private phase(): string {
    const ending = this.init.filter(({ kind }) => kind === 'init');
    const failedInit = ending.some(
      container => container.isFinished && !container.hasSucceeded,
    );
    if (failedInit) {
      return 'Failed';
    }
    if (
      !ending.every(container => container.hasSucceeded) ||
      this.main.some(container => !container.hasStarted)
    ) {
      return 'Pending';
    }
    if (this.main.every(container => container.isFinished)) {
      return this.main.every(container => container.hasSucceeded)
        ? 'Succeeded'
        : 'Failed';
    }
    return 'Running';
  }

  private conditions(phase: string, now: number): Condition[] {
    const { pod } = this.options;
    const verdicts = podConditions({
      pod,
      phase,
      hasNetwork: this.hasNetwork,
      init: this.init,
      main: this.main,
      now,
    });
    this.transitions = Object.entries(verdicts).map(([type, verdict]) => {
      const before = this.transitions.find(
        condition => condition.type === type,
      );
      return {
        type,
        ...verdict,
        lastProbeTime: null,
        lastTransitionTime:
          before?.status === verdict.status
            ? before.lastTransitionTime
            : timestamp(now),
        observedGeneration: pod.metadata.generation,
      };
    });
    // Conditions of others, such as readiness gates, stay.
    const others = (pod.status?.conditions ?? []).filter(
      ({ type }) => !(type in verdicts),
    );
    return [...this.transitions, ...others];
  }
}
